/** A command's row when it is new, and what a claim sets in it. */
import { coreLimits } from '../limits.js'
import type { CommandRow, Insertable, TerminalRow } from '../records/tables.js'

/**
 * An attempt made ready before the operation: body encoded and hashed over what its maker read. It is
 * taken only while that still holds.
 */
export interface OfferedClaim {
  readonly fence: number
  readonly seq: number
  readonly body: Uint8Array
  readonly bodyHash: Uint8Array
  /** The session's nonce that stands in the body. */
  readonly attemptNonce: Uint8Array
  /** What the body names. */
  readonly assetEpoch: number
  readonly bindingEpoch: number
}

type NewCommand = Pick<
  CommandRow,
  | 'uuid'
  | 'terminalId'
  | 'bindingId'
  | 'type'
  | 'destructive'
  | 'payload'
  | 'assetEpoch'
  | 'bindingEpoch'
  | 'createdBy'
  | 'createdAtMs'
  | 'notAfterMs'
> &
  Partial<Pick<CommandRow, 'caseId'>>

export const queuedCommand = (fields: NewCommand): Omit<CommandRow, 'id'> => ({
  approvalHash: null,
  state: 'queued',
  phase: null,
  open: 1,
  outcomeUnknown: 0,
  attempts: 0,
  seq: null,
  fence: null,
  body: null,
  bodyHash: null,
  attemptNonce: null,
  publishedAtMs: null,
  deliveredAtMs: null,
  acceptedAtMs: null,
  readyNonce: null,
  readyAtMs: null,
  leaseMs: null,
  hostCallNumber: null,
  hostAnswer: null,
  tidMayBeBlocked: 0,
  proceedBody: null,
  proceedHash: null,
  proceedSeq: null,
  proceedAtMs: null,
  afterRelease: null,
  resultCode: null,
  resultPayload: null,
  finalAtMs: null,
  caseId: null,
  // Last: V8 takes 90 µs to add thirty properties to a spread, half a µs to spread onto thirty.
  ...fields,
})

/** The columns of an attempt. `published`: it may have left from the commit on. */
export const claimColumns = (
  claim: OfferedClaim,
  attempts: number,
  atMs: number,
): Partial<Insertable<'command'>> => ({
  state: 'published',
  attempts,
  seq: claim.seq,
  fence: claim.fence,
  body: claim.body,
  bodyHash: claim.bodyHash,
  attemptNonce: claim.attemptNonce,
  publishedAtMs: atMs,
  deliveredAtMs: null,
})

/** The one who made the claim still owns the lane, and its body names what is true. */
export const claimHolds = (claim: OfferedClaim, terminal: TerminalRow): boolean =>
  claim.fence === terminal.fence &&
  claim.seq <= terminal.seqBlockEnd &&
  claim.assetEpoch === terminal.assetEpoch

/** A new command may go out with its order only if nothing before it has to be waited for. */
export const claimFits = (
  claim: OfferedClaim | undefined,
  terminal: TerminalRow,
  open: readonly CommandRow[],
): boolean =>
  claim !== undefined &&
  claimHolds(claim, terminal) &&
  claim.bindingEpoch === terminal.bindingEpoch &&
  open.length < coreLimits.commandsInFlightMax &&
  open.every(
    (command) =>
      command.destructive === 0 && command.state !== 'queued' && command.outcomeUnknown === 0,
  )
