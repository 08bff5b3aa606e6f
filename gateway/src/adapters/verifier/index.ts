/** Verifiers: one over node:crypto. */
export { threadPoolVerifier, VerifierUnavailable } from './thread-pool-verifier.js'
export { verifierLimits } from './limits.js'
