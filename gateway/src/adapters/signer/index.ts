/** Signers: software keys for now; an HSM is a sibling file. */
export {
  SignerUnavailable,
  softwareSigner,
  type SoftwareSigner,
  type SoftwareSignerParts,
} from './software-signer.js'
export { signerLimits } from './limits.js'
