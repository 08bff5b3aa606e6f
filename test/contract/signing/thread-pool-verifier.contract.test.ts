import { threadPoolVerifier } from '../../../gateway/src/adapters/verifier/index.js'
import { verifierContract } from './verifier.contract.js'

verifierContract("libuv's thread pool", threadPoolVerifier)
