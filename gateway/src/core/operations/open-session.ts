/**
 * open-session: an authenticated Hello. It takes the lane: the fencing number rises, and a fresh block
 * of downlink sequence numbers is reserved above everything handed out before and above what the
 * terminal says it has stored. Idempotent by session id.
 * Results: ok with what the session needs | NOT_FOUND | ILLEGAL_STATE (decommissioned).
 * Events: session.opened; alarm.SEQ_AHEAD (the records were restored), alarm.SEQ_REGRESSION (the
 * terminal's flash was rolled back), alarm.EPOCH_AHEAD; terminal.state (PROVISIONED).
 */
import type { ErrorCode } from '@tillgate/protocol'

import { coreLimits } from '../limits.js'
import type { TerminalRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, update, type Write } from './operation.js'

export interface OpenSessionInput {
  readonly terminalId: number
  readonly sessionId: Uint8Array
  readonly sessionNonce: Uint8Array
  readonly bootId: Uint8Array
  readonly uplinkSeq: number
  readonly firmware: string
  readonly model: string
  readonly assetEpoch: number
  readonly bindingEpoch: number
  readonly lastSeq: number
  readonly signerListVersion: number
  readonly locked: boolean
  /** JSON of the key slots as the terminal names them. */
  readonly keySlots: string
  /** An active master key is among them. */
  readonly hasMasterKey: boolean
  readonly evidence: Uint8Array
  readonly atMs: number
}

export type OpenSessionResult =
  | {
      readonly ok: true
      readonly fence: number
      /** The first of the reserved numbers, and the last. */
      readonly seqFirst: number
      readonly seqLast: number
      readonly assetEpoch: number
      readonly bindingEpoch: number
      /** The highest uplink sequence before this Hello. */
      readonly lastUplinkSeq: number
      readonly alarms: readonly ErrorCode[]
    }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'ILLEGAL_STATE' }

const alarmsOf = (terminal: TerminalRow, input: OpenSessionInput): readonly ErrorCode[] => [
  ...(input.lastSeq > terminal.seqBlockEnd ? (['SEQ_AHEAD'] as const) : []),
  ...(input.lastSeq < terminal.seqDevice || input.uplinkSeq <= terminal.uplinkSeq
    ? (['SEQ_REGRESSION'] as const)
    : []),
  ...(input.bindingEpoch > terminal.issuedEpoch ? (['EPOCH_AHEAD'] as const) : []),
]

const sameBytes = (a: Uint8Array, b: Uint8Array | null): boolean =>
  b !== null && a.length === b.length && a.every((byte, i) => byte === b[i])

const sessionColumns = (terminal: TerminalRow, input: OpenSessionInput): Partial<TerminalRow> => ({
  fence: terminal.fence + 1,
  seqBlockEnd: Math.max(terminal.seqBlockEnd, input.lastSeq) + coreLimits.seqBlock,
  seqDevice: Math.max(terminal.seqDevice, input.lastSeq),
  uplinkSeq: Math.max(terminal.uplinkSeq, input.uplinkSeq),
  bootId: input.bootId,
  sessionNonce: input.sessionNonce,
  sessionId: input.sessionId,
  sessionSinceMs: input.atMs,
  sessionEndedMs: null,
  firmware: input.firmware,
  model: input.model,
  signerListVersion: input.signerListVersion,
  keySlots: input.keySlots,
})

export const openSession = operation<
  OpenSessionInput,
  { readonly terminal: TerminalRow | undefined },
  OpenSessionResult
>({
  name: 'open-session',
  *load(input) {
    return { terminal: yield* one('terminal', { id: input.terminalId }) }
  },
  decide({ terminal }, input) {
    if (terminal === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (terminal.state === 'DECOMMISSIONED') {
      return { writes: [], result: { ok: false, code: 'ILLEGAL_STATE' } }
    }
    const repeated = sameBytes(input.sessionId, terminal.sessionId)
    const columns = repeated ? {} : sessionColumns(terminal, input)
    const seqLast = columns.seqBlockEnd ?? terminal.seqBlockEnd
    const alarms = repeated ? [] : alarmsOf(terminal, input)
    const provisioned = terminal.state === 'REGISTERED' && input.hasMasterKey
    const about = { atMs: input.atMs, actor: 'terminal', terminalId: terminal.id }
    const writes: readonly Write[] = repeated
      ? []
      : [
          update('terminal', terminal.id, {
            ...columns,
            ...(provisioned ? { state: 'PROVISIONED' } : {}),
          }),
          event({ ...about, kind: 'session.opened', data: { firmware: input.firmware } }),
          ...(provisioned
            ? [
                event({
                  ...about,
                  kind: 'terminal.state',
                  data: { from: 'REGISTERED', to: 'PROVISIONED' },
                }),
              ]
            : []),
          ...alarms.map((code) =>
            event({
              ...about,
              kind: `alarm.${code}`,
              data: {
                lastSeq: input.lastSeq,
                uplinkSeq: input.uplinkSeq,
                epoch: input.bindingEpoch,
              },
              evidence: input.evidence,
            }),
          ),
        ]
    return {
      writes,
      result: {
        ok: true,
        fence: columns.fence ?? terminal.fence,
        seqFirst: seqLast - coreLimits.seqBlock + 1,
        seqLast,
        assetEpoch: terminal.assetEpoch,
        bindingEpoch: terminal.bindingEpoch,
        lastUplinkSeq: terminal.uplinkSeq,
        alarms,
      },
    }
  },
})
