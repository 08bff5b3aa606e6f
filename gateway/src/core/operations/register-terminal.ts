/**
 * register-terminal: a device comes into the stock, known by its serial number. It is not trusted by
 * this: only an enrolled or registered certificate lets it connect.
 * Results: ok | DUPLICATE (the serial number is registered) | IDEMPOTENCY_MISMATCH.
 * Events: terminal.registered.
 */
import { event } from './event.js'
import { earlierAnswer, loadEarlier, remember, type IdempotencyClaim } from './idempotency.js'
import { freshId, insert, one, operation, together } from './operation.js'
import type { IdempotencyRow, Insertable, TerminalRow } from '../records/tables.js'

export interface RegisterTerminalInput {
  readonly sn: string
  readonly vendor: string
  readonly model: string
  /** The number registered with the card scheme, where the market has one. */
  readonly tusn: string | null
  /** Rises when the same device is registered anew after its end (domain T3). */
  readonly assetEpoch: number
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface RegisterTerminalRows {
  readonly earlier: IdempotencyRow | undefined
  readonly sameSn: TerminalRow | undefined
  readonly id: number
}

export type RegisterTerminalResult =
  | {
      readonly ok: true
      readonly publicId: string
      /** The same request was answered before; this one changed nothing. */
      readonly replayed: boolean
    }
  | { readonly ok: false; readonly code: 'DUPLICATE' | 'IDEMPOTENCY_MISMATCH' }

const newTerminal = (id: number, input: RegisterTerminalInput): Insertable<'terminal'> => ({
  id,
  sn: input.sn,
  vendor: input.vendor,
  model: input.model,
  tusn: input.tusn,
  state: 'REGISTERED',
  assetEpoch: input.assetEpoch,
  bindingEpoch: 0,
  issuedEpoch: 0,
  locked: 0,
  fence: 0,
  seqBlockEnd: 0,
  seqDevice: 0,
  uplinkSeq: 0,
  bootId: null,
  sessionNonce: null,
  sessionId: null,
  sessionSinceMs: null,
  sessionEndedMs: null,
  sessionKey: null,
  sessionCertificateId: null,
  firmware: null,
  signerListVersion: 0,
  keySlots: null,
  createdAtMs: input.atMs,
})

export const registerTerminal = operation<
  RegisterTerminalInput,
  RegisterTerminalRows,
  RegisterTerminalResult
>({
  name: 'register-terminal',
  load: (input) =>
    together({
      earlier: loadEarlier(input.idempotency),
      sameSn: one('terminal', { sn: input.sn }),
      id: freshId('terminal'),
    }),
  decide(rows, input) {
    const before = earlierAnswer(rows.earlier, input.idempotency)
    if (before.kind === 'same') {
      return { writes: [], result: { ok: true, publicId: before.madeId, replayed: true } }
    }
    if (before.kind === 'mismatch') {
      return { writes: [], result: { ok: false, code: 'IDEMPOTENCY_MISMATCH' } }
    }
    if (rows.sameSn) return { writes: [], result: { ok: false, code: 'DUPLICATE' } }
    const { sn, vendor, model, assetEpoch, actor, atMs } = input
    return {
      writes: [
        insert('terminal', newTerminal(rows.id, input)),
        event({
          atMs,
          kind: 'terminal.registered',
          actor,
          terminalId: rows.id,
          data: { sn, vendor, model, assetEpoch },
        }),
        ...remember(input.idempotency, { kind: 'terminal', id: sn, atMs }),
      ],
      result: { ok: true, publicId: sn, replayed: false },
    }
  },
})
