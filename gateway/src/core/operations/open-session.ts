/**
 * open-session: an authenticated Hello. It takes the lane: the fencing number rises, and a fresh block
 * of downlink sequence numbers is reserved above everything handed out before and above what the
 * terminal says it has stored. Idempotent by session id.
 * A Bind of unknown outcome is settled here: the signed Hello says which epoch the terminal holds.
 * Results: ok with what the session needs | NOT_FOUND | CERTIFICATE_REVOKED | ILLEGAL_STATE
 * (decommissioned) | SEQ_REGRESSION (a Hello that was said before, in this boot or an earlier one) |
 * SEQ_AHEAD (more than lost records explain: it would use up the sequences). What is refused writes
 * nothing; the caller raises the alarm, within its budget.
 * Events: session.opened; alarm.SEQ_AHEAD (the records were restored), alarm.SEQ_REGRESSION (the
 * terminal's flash was rolled back), alarm.EPOCH_AHEAD; terminal.state; binding.active or binding.cancelled.
 */
import { wireLimits, type ErrorCode } from '@tillgate/protocol'

import { coreLimits } from '../limits.js'
import type {
  BindingRow,
  CertificateRow,
  CommandRow,
  EarlierBootsRow,
  RegistrationRow,
  TerminalRow,
} from '../records/tables.js'
import { isEarlierBoot, withBoot } from '../terminals/earlier-boots.js'
import { unregistered } from './command-effects.js'
import { event } from './event.js'
import { insert, one, operation, together, update, type Load, type Write } from './operation.js'
import { sameBytes } from '../records/same-bytes.js'

export interface OpenSessionInput {
  readonly terminalId: number
  /** Of the certificate that the connection stands on. */
  readonly certificateId: number
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
  /** The MAC key, sealed, for the other nodes behind a broker; left out where one node hears it all. */
  readonly sessionKey?: Uint8Array
  /** Its alarms are beyond the budget: they stay in the result. */
  readonly withoutAlarms?: boolean
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
      /** From this Hello on. */
      readonly state: TerminalRow['state']
    }
  | {
      readonly ok: false
      readonly code:
        'NOT_FOUND' | 'ILLEGAL_STATE' | 'CERTIFICATE_REVOKED' | 'SEQ_REGRESSION' | 'SEQ_AHEAD'
    }

export interface Rows {
  readonly terminal: TerminalRow | undefined
  readonly certificate: CertificateRow | undefined
  readonly binding: BindingRow | undefined
  readonly bindCommand: CommandRow | undefined
  readonly earlierBoots: EarlierBootsRow | undefined
  /** Of a binding that is being withdrawn, where it was reported. */
  readonly registration: RegistrationRow | undefined
}

const alarmsOf = (terminal: TerminalRow, input: OpenSessionInput): readonly ErrorCode[] => [
  ...(input.lastSeq > terminal.seqBlockEnd ? (['SEQ_AHEAD'] as const) : []),
  ...(input.lastSeq < terminal.seqDevice || input.uplinkSeq <= terminal.uplinkSeq
    ? (['SEQ_REGRESSION'] as const)
    : []),
  ...(input.bindingEpoch > terminal.issuedEpoch || input.assetEpoch > terminal.assetEpoch
    ? (['EPOCH_AHEAD'] as const)
    : []),
]

const isNewer = (terminal: TerminalRow, input: OpenSessionInput): boolean =>
  input.uplinkSeq > terminal.uplinkSeq

/**
 * Within one boot the uplink sequence rises, whatever became of the flash, and a boot that is over does
 * not come back: somebody repeats a Hello.
 */
const isSaidAgain = (
  { earlierBoots }: Rows,
  terminal: TerminalRow,
  input: OpenSessionInput,
): boolean =>
  !isNewer(terminal, input) &&
  (sameBytes(input.bootId, terminal.bootId) || isEarlierBoot(earlierBoots?.bootIds, input.bootId))

/** The boot that ends with this Hello. */
const bootWrites = (
  { earlierBoots }: Rows,
  { id: terminalId, bootId: former }: TerminalRow,
  { bootId }: OpenSessionInput,
): readonly Write[] => {
  if (former === null || sameBytes(former, bootId)) return []
  const bootIds = withBoot(earlierBoots?.bootIds, former)
  return earlierBoots === undefined
    ? [insert('earlierBoots', { terminalId, bootIds })]
    : [update('earlierBoots', earlierBoots.id, { bootIds })]
}

/** No restored records are behind by so much, and a number beyond the wire's could never be sent. */
const isOutOfReach = (terminal: TerminalRow, { lastSeq }: OpenSessionInput): boolean =>
  lastSeq > terminal.seqBlockEnd + coreLimits.seqAheadMax ||
  Math.max(terminal.seqBlockEnd, lastSeq) + coreLimits.seqBlock > wireLimits.sequenceMax

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
  sessionKey: input.sessionKey ?? null,
  sessionCertificateId: input.sessionKey === undefined ? null : input.certificateId,
  firmware: input.firmware,
  model: input.model,
  signerListVersion: input.signerListVersion,
  keySlots: input.keySlots,
})

/**
 * A Bind that ended without a word on its effect: the signed Hello says which epoch is held. One that
 * is not newer may be a Hello of an earlier boot said again; the next one, above the Welcome, counts.
 */
const withdrawn = (
  { terminal, binding, bindCommand }: Rows,
  input: OpenSessionInput,
): { readonly holds: boolean; readonly binding: BindingRow } | undefined =>
  binding?.state === 'WITHDRAWING' &&
  bindCommand?.open === 0 &&
  terminal !== undefined &&
  isNewer(terminal, input)
    ? { holds: input.bindingEpoch === binding.epoch, binding }
    : undefined

const bindingWrites = (
  rows: Rows,
  terminal: TerminalRow,
  input: OpenSessionInput,
): readonly Write[] => {
  const settled = withdrawn(rows, input)
  if (settled === undefined) return []
  const { binding, holds } = settled
  const { atMs } = input
  const line = event({
    atMs,
    actor: 'terminal',
    kind: holds ? 'binding.active' : 'binding.cancelled',
    terminalId: terminal.id,
    bindingId: binding.id,
    data: { epoch: binding.epoch },
    evidence: input.evidence,
  })
  return holds
    ? [update('binding', binding.id, { state: 'ACTIVE', activeAtMs: atMs }), line]
    : [
        update('binding', binding.id, { state: 'CANCELLED', live: 0, endedAtMs: atMs }),
        line,
        ...unregistered(rows.registration, atMs),
      ]
}

/** The state that the terminal is in from this Hello on. */
const stateAfter = (
  rows: Rows,
  terminal: TerminalRow,
  input: OpenSessionInput,
): TerminalRow['state'] => {
  if (withdrawn(rows, input)?.holds === true)
    return terminal.locked === 1 ? 'SUSPENDED' : 'IN_SERVICE'
  return terminal.state === 'REGISTERED' && input.hasMasterKey ? 'PROVISIONED' : terminal.state
}

const alarmLine = (terminal: TerminalRow, input: OpenSessionInput, code: ErrorCode): Write => {
  const { atMs, lastSeq, uplinkSeq, bindingEpoch: epoch, evidence } = input
  const data = { lastSeq, uplinkSeq, epoch }
  const about = { atMs, actor: 'terminal', terminalId: terminal.id }
  return event({ ...about, kind: `alarm.${code}`, data, evidence })
}

const opening = (rows: Rows, terminal: TerminalRow, input: OpenSessionInput): readonly Write[] => {
  const about = { atMs: input.atMs, actor: 'terminal', terminalId: terminal.id }
  const state = stateAfter(rows, terminal, input)
  const held = withdrawn(rows, input)
  return [
    update('terminal', terminal.id, {
      ...sessionColumns(terminal, input),
      state,
      ...(held?.holds === true ? { bindingEpoch: held.binding.epoch } : {}),
    }),
    event({ ...about, kind: 'session.opened', data: { firmware: input.firmware } }),
    ...(state === terminal.state
      ? []
      : [event({ ...about, kind: 'terminal.state', data: { from: terminal.state, to: state } })]),
    ...(input.withoutAlarms === true
      ? []
      : alarmsOf(terminal, input).map((code) => alarmLine(terminal, input, code))),
    ...bindingWrites(rows, terminal, input),
    ...bootWrites(rows, terminal, input),
  ]
}

function* load(input: OpenSessionInput): Load<Rows> {
  const { terminalId, certificateId } = input
  const { terminal, certificate, binding, earlierBoots } = yield* together({
    terminal: one('terminal', { id: terminalId }),
    certificate: one('certificate', { id: certificateId }),
    binding: one('binding', { terminalId, live: 1 }),
    earlierBoots: one('earlierBoots', { terminalId }),
  })
  const base = { terminal, certificate, binding, earlierBoots }
  const bindCommandId = binding?.state === 'WITHDRAWING' ? binding.bindCommandId : null
  if (binding === undefined || bindCommandId === null) {
    return { ...base, bindCommand: undefined, registration: undefined }
  }
  const more = yield* together({
    bindCommand: one('command', { id: bindCommandId }),
    registration: one('registration', { bindingId: binding.id }),
  })
  return { ...base, ...more }
}

export const openSession = operation<OpenSessionInput, Rows, OpenSessionResult>({
  name: 'open-session',
  load,
  decide(rows, input) {
    const { terminal, certificate } = rows
    if (terminal === undefined || certificate?.terminalId !== terminal.id) {
      return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    }
    // Revoked between CONNECT and Hello: whoever revoked did not see this session yet.
    if (certificate.revoked === 1) {
      return { writes: [], result: { ok: false, code: 'CERTIFICATE_REVOKED' } }
    }
    if (terminal.state === 'DECOMMISSIONED') {
      return { writes: [], result: { ok: false, code: 'ILLEGAL_STATE' } }
    }
    const repeated = sameBytes(input.sessionId, terminal.sessionId)
    if (!repeated && isSaidAgain(rows, terminal, input)) {
      return { writes: [], result: { ok: false, code: 'SEQ_REGRESSION' } }
    }
    if (!repeated && isOutOfReach(terminal, input)) {
      return { writes: [], result: { ok: false, code: 'SEQ_AHEAD' } }
    }
    const columns = repeated ? {} : sessionColumns(terminal, input)
    const seqLast = columns.seqBlockEnd ?? terminal.seqBlockEnd
    const held = withdrawn(rows, input)
    return {
      writes: repeated ? [] : opening(rows, terminal, input),
      result: {
        ok: true,
        fence: columns.fence ?? terminal.fence,
        seqFirst: seqLast - coreLimits.seqBlock + 1,
        seqLast,
        assetEpoch: terminal.assetEpoch,
        bindingEpoch: held?.holds === true ? held.binding.epoch : terminal.bindingEpoch,
        lastUplinkSeq: terminal.uplinkSeq,
        alarms: repeated ? [] : alarmsOf(terminal, input),
        state: repeated ? terminal.state : stateAfter(rows, terminal, input),
      },
    }
  },
})
