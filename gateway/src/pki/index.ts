/** The door of the PKI inside the gateway. */
export { openPki, type Pki, type PkiConfig, type PkiParts } from './open-pki.js'
export {
  oldSealingKeysFile,
  openSealer,
  readSealer,
  rotateKeptKey,
  sealingKeyFile,
  type SealingConfig,
} from './sealing-key.js'
export { createSessionKeys } from './session-keys.js'
export { softwareSealing } from './software-sealing.js'
export {
  createSealer,
  type Opened,
  type OtherKeys,
  type SealedEntry,
  type Sealer,
} from './sealing.js'
export { PkiRefused, type PkiRefusedCode } from './refused.js'
export type { PkiRefusal } from './refusal.js'
export type { CaConfig, CaKeyKind } from './certificate-authority.js'
export type {
  Certificates,
  Registered,
  RegisterOrder,
  Revoked,
  RevokeOrder,
} from './certificates.js'
export type { SignerConfig, SignerKeys } from './command-signers.js'
export type {
  CreatedToken,
  Endpoint,
  Enrolled,
  Enrolment,
  EnrolmentRequest,
  TokenOrder,
} from './enrolment.js'
export type { ServerNames } from './issue-certificate.js'
export { parseCsrPem } from './csr.js'
export { issueOutside } from './issue-outside.js'
export { certificatePem } from './pem.js'
export { openVault } from './vault.js'
export { offlineRootFile, offlineRootNotice } from './offline-root.js'
export { lookAtFiles, type ServerFiles, type ServerState } from './server-identity.js'
export { certificatesOf, lookAtGiven } from './given-certificate.js'
export type { ServerTls } from './server-certificate.js'
