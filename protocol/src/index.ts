// The public door of @tillgate/protocol: everything that a terminal or a gateway may use.
// Nothing behind it is imported past this file by another package.
export { type Refusal, type Parsed, accept, refuse } from './parsed.js'
export {
  noBytes,
  concat,
  copyBytes,
  equalBytes,
  compareBytes,
  toHex,
  fromHex,
  ascii,
  uuidToText,
  uuidFromText,
  u32be,
  u64be,
  utf8,
  utf8Length,
} from './bytes.js'
export { wireLimits } from './limits.js'
export {
  type Channel,
  fleetSn,
  isSerialNumber,
  downTopic,
  upTopic,
  stateTopic,
  parseTopic,
} from './topics.js'
export {
  type AlgorithmName,
  type PublicKeyHandle,
  type PrivateKeyHandle,
  type AgreementKey,
  type CipherMode,
  type Primitives,
  algorithmNumbers,
  algorithmByNumber,
  kidOf,
} from './crypto/primitives.js'
export {
  type Retry,
  type Audience,
  type ErrorCode,
  type CatalogueEntry,
  catalogue,
  isErrorCode,
  errorByCode,
  errorByNumber,
  errorNumber,
  httpStatusOf,
} from './catalogue/catalogue.js'
export {
  type DownlinkMessage,
  type DownlinkKind,
  downlinkKinds,
  type Downlink,
  parseDownlink,
  encodeDownlink,
} from './messages/downlink.js'
export {
  type UplinkMessage,
  type UplinkKind,
  uplinkKinds,
  type Uplink,
  parseUplink,
  encodeUplink,
} from './messages/uplink.js'
export type { Welcome } from './messages/welcome.js'
export type { Command } from './messages/command.js'
export type { Proceed } from './messages/proceed.js'
export type { Abort } from './messages/abort.js'
export type { Query } from './messages/query.js'
export type { HelloRequest } from './messages/hello-request.js'
export type { Receipt } from './messages/receipt.js'
export type { Signer, SignerList } from './messages/signer-list.js'
export type { RenewCertificate } from './messages/renew-certificate.js'
export type { Hello } from './messages/hello.js'
export type { Heartbeat } from './messages/heartbeat.js'
export type { Accepted } from './messages/accepted.js'
export { phaseNumbers, type Phase, type Progress } from './messages/progress.js'
export { type Area, type Ready, unsettledAreas } from './messages/ready.js'
export type { OfflineReady } from './messages/offline-ready.js'
export { type Frame, framesOf, joinFrames, missingFrames, readFrame } from './offline/frames.js'
export { type OfflineAnswer, encodeOfflineAnswer, parseOfflineAnswer } from './offline/answer.js'
export { releaseCauseNumbers, type ReleaseCause, type Released } from './messages/released.js'
export type { Refused } from './messages/refused.js'
export type { Result } from './messages/result.js'
export type { SlotErasure, AreaErasure, Proof } from './messages/proof.js'
export { journalStateNumbers, type JournalState, type Status } from './messages/status.js'
export type { Alarm } from './messages/alarm.js'
export type { RenewRequest } from './messages/renew-request.js'
export { keyStateNumbers, type KeyState, type KeySlot } from './messages/key-slot.js'
export {
  commandTypeNumbers,
  type CommandTypeName,
  commandTypeNames,
  isDestructive,
  commandTypeNumber,
  commandTypeName,
  changesBindingEpoch,
  runsWithoutClock,
} from './commands/command-types.js'
export { type CommandPayload, parsePayload, encodePayload } from './commands/payload.js'
export { type CommandResult, parseResult, encodeResult } from './commands/result.js'
export type { SelfTestPayload, SelfTestResult } from './commands/self-test.js'
export type { BindPayload, BindResult } from './commands/bind.js'
export type { UnbindPayload, UnbindResult } from './commands/unbind.js'
export type { LockPayload, LockResult } from './commands/lock.js'
export type { UnlockPayload, UnlockResult } from './commands/unlock.js'
export {
  type SignatureAuth,
  type MacAuth,
  type Envelope,
  parseEnvelope,
  encodeEnvelope,
} from './envelope/envelope.js'
export {
  type InclusionProof,
  type MerkleTree,
  leafHash,
  merkleTree,
  nodeHash,
  rootFromProof,
} from './envelope/merkle.js'
export {
  type Purpose,
  signerPurposeNumbers,
  type SignerPurpose,
  purposeLabels,
  purposeOfDownlink,
  needsSignature,
  wantsReceipt,
  countsOnlyWhenNewer,
} from './envelope/purpose.js'
export {
  type SignedParts,
  signedBytes,
  signBodies,
  signBody,
  verifySignature,
} from './envelope/signature.js'
export { macBytes, macBody, verifyMac, type SessionKeyParts, sessionKey } from './envelope/mac.js'
export { renewalBytes } from './envelope/renewal.js'
export { openSignerList, type SignerQuestion, findSigner } from './signer-list.js'
export { canonicalJson } from './audit/canonical-json.js'
export { fromBase64, toBase64 } from './audit/base64.js'
export {
  type AuditEntry,
  type EventEntry,
  type ExportedEvent,
  type HoleEntry,
  entryHash,
  entryOfExport,
  entryText,
} from './audit/entries.js'
export {
  type EntryProof,
  type TreeHead,
  provesEntry,
  provesGrowth,
  rootFromEntry,
} from './audit/proofs.js'
export {
  type NoteAlgorithm,
  type NoteKey,
  isNoteName,
  noteBytes,
  openNote,
  parseVerifierKey,
  signedNote,
  verifierKeyText,
} from './audit/signed-note.js'
export {
  type Checkpoint,
  checkpointText,
  openCheckpoint,
  parseCheckpoint,
} from './audit/checkpoint.js'
export {
  packFormat,
  packLimits,
  type EvidencePack,
  type PackedApproval,
  type PackedCommand,
  type PackedEvent,
} from './evidence/pack.js'
export { readPack } from './evidence/read-pack.js'
export type { CheckName, Finding as PackFinding } from './evidence/findings.js'
export type { ReadCertificate, ReadIssued } from './evidence/terminal-checks.js'
export {
  verifyPack,
  type PackKeys,
  type PackVerdict,
  type VerifiedPack,
} from './evidence/verify-pack.js'
