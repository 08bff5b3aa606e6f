/** `verifyPack` with this machine's crypto and X.509: no node has to be open for it. */
import { verifyPack, type EvidencePack, type PackKeys, type VerifiedPack } from '@tillgate/protocol'
import { nodePrimitives, readIssued } from '@tillgate/protocol/node'

export const verifyEvidence = (pack: EvidencePack, keys: PackKeys): VerifiedPack =>
  verifyPack(nodePrimitives, pack, keys, readIssued)
