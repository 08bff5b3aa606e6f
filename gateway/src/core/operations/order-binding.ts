/**
 * order-binding: a terminal is given to a merchant: the binding with its epoch and the Bind command that
 * delivers it, in one transaction. One whose five elements are known is reported first: `report-binding.ts`.
 * Results: ok | NOT_FOUND | ILLEGAL_STATE | SN_BOUND_ELSEWHERE (a live binding of this serial number)
 * | TID_IN_USE (a live binding of this acquirer, MID, TID) | QUEUE_FULL | CONFLICT | IDEMPOTENCY_MISMATCH.
 * Events: binding.delivering, command.ordered.
 */
import { commandTypeNumbers } from '@tillgate/protocol'

import { coreLimits } from '../limits.js'
import type { BindingRow, CommandRow, IdempotencyRow, TerminalRow } from '../records/tables.js'
import { queuedCommand } from './command-row.js'
import { event } from './event.js'
import { earlierAnswer, loadEarlier, remember, type IdempotencyClaim } from './idempotency.js'
import {
  freshId,
  insert,
  many,
  one,
  operation,
  together,
  update,
  type Decision,
  type Load,
} from './operation.js'

/** What a new binding says, however it comes about. */
export interface NewBinding {
  readonly bindingUuid: Uint8Array
  readonly bindingPublicId: string
  readonly terminalId: number
  readonly merchantId: number
  readonly storeId: number | null
  readonly acquirerCode: string
  readonly mid: string
  readonly tid: string
  /** The Bind payload, encoded, and its SHA-256. */
  readonly payload: Uint8Array
  readonly paramsHash: Uint8Array
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface OrderBindingInput extends NewBinding {
  readonly commandUuid: Uint8Array
  readonly commandPublicId: string
  readonly notAfterMs: number
}

/** What stands in the way of any new binding. */
export interface BindingRows {
  readonly earlier: IdempotencyRow | undefined
  readonly same: BindingRow | undefined
  readonly terminal: TerminalRow | undefined
  readonly liveOfTerminal: BindingRow | undefined
  readonly liveOfTid: BindingRow | undefined
  readonly open: readonly CommandRow[]
  readonly bindingId: number
}

export interface Rows extends BindingRows {
  readonly commandId: number
}

export type OrderBindingResult =
  | { readonly ok: true; readonly bindingPublicId: string; readonly replayed: boolean }
  | {
      readonly ok: false
      readonly code:
        | 'NOT_FOUND'
        | 'ILLEGAL_STATE'
        | 'SN_BOUND_ELSEWHERE'
        | 'TID_IN_USE'
        | 'QUEUE_FULL'
        | 'IDEMPOTENCY_MISMATCH'
    }

/** B3 and T4: what must be repaired or found first gets no binding. */
const bindableStates: ReadonlySet<TerminalRow['state']> = new Set([
  'REGISTERED',
  'PROVISIONED',
  'IN_STOCK',
  'IN_SERVICE',
])

export const isBindable = ({ state }: TerminalRow): boolean => bindableStates.has(state)

export const loadForBinding = (input: NewBinding): Load<BindingRows> => {
  const { acquirerCode, mid, tid, terminalId } = input
  return together({
    earlier: loadEarlier(input.idempotency),
    same: one('binding', { uuid: input.bindingUuid }),
    terminal: one('terminal', { id: terminalId }),
    liveOfTerminal: one('binding', { terminalId, live: 1 }),
    liveOfTid: one('binding', { acquirerCode, mid, tid, live: 1 }),
    open: many('command', { terminalId, open: 1 }, coreLimits.commandsPerTerminalMax),
    bindingId: freshId('binding'),
  })
}

function* load(input: OrderBindingInput): Load<Rows> {
  const { rows, commandId } = yield* together({
    rows: loadForBinding(input),
    commandId: freshId('command'),
  })
  return { ...rows, commandId }
}

type RefusalCode = Extract<OrderBindingResult, { ok: false }>['code']

const obstacle = (rows: BindingRows): RefusalCode | undefined => {
  if (rows.terminal === undefined) return 'NOT_FOUND'
  if (rows.liveOfTerminal !== undefined) return 'SN_BOUND_ELSEWHERE'
  if (rows.liveOfTid !== undefined) return 'TID_IN_USE'
  if (!isBindable(rows.terminal)) return 'ILLEGAL_STATE'
  return rows.open.length >= coreLimits.commandsPerTerminalMax ? 'QUEUE_FULL' : undefined
}

export const bindingRow = (
  input: NewBinding,
  made: Pick<BindingRow, 'id' | 'bindCommandId' | 'epoch' | 'state'>,
): BindingRow => ({
  ...made,
  uuid: input.bindingUuid,
  terminalId: input.terminalId,
  merchantId: input.merchantId,
  storeId: input.storeId,
  acquirerCode: input.acquirerCode,
  mid: input.mid,
  tid: input.tid,
  live: 1,
  paramsHash: input.paramsHash,
  createdBy: input.actor,
  createdAtMs: input.atMs,
  activeAtMs: null,
  endedAtMs: null,
})

const ordered = (
  rows: Rows,
  terminal: TerminalRow,
  input: OrderBindingInput,
): Decision<OrderBindingResult> => {
  const { bindingId, commandId } = rows
  const { atMs, actor, bindingPublicId } = input
  const epoch = terminal.issuedEpoch + 1
  const about = { atMs, actor, terminalId: terminal.id, bindingId, commandId }
  return {
    writes: [
      update('terminal', terminal.id, { issuedEpoch: epoch }),
      insert(
        'binding',
        bindingRow(input, { id: bindingId, bindCommandId: commandId, epoch, state: 'DELIVERING' }),
      ),
      insert('command', {
        id: commandId,
        ...queuedCommand({
          uuid: input.commandUuid,
          terminalId: terminal.id,
          bindingId,
          type: commandTypeNumbers.Bind,
          destructive: 0,
          payload: input.payload,
          assetEpoch: terminal.assetEpoch,
          bindingEpoch: epoch,
          createdBy: actor,
          createdAtMs: atMs,
          notAfterMs: input.notAfterMs,
        }),
      }),
      event({ ...about, kind: 'binding.delivering', data: { binding: bindingPublicId, epoch } }),
      event({
        ...about,
        kind: 'command.ordered',
        data: { command: input.commandPublicId, type: commandTypeNumbers.Bind },
      }),
      ...remember(input.idempotency, { kind: 'binding', id: bindingPublicId, atMs }),
    ],
    result: { ok: true, bindingPublicId, replayed: false },
  }
}

const refused = (code: RefusalCode): Decision<OrderBindingResult> => ({
  writes: [],
  result: { ok: false, code },
})

/** `make` is asked where nothing stands in the way. */
export const decideBinding = (
  rows: BindingRows,
  input: NewBinding,
  make: (terminal: TerminalRow) => Decision<OrderBindingResult>,
): Decision<OrderBindingResult> => {
  const before = earlierAnswer(rows.earlier, input.idempotency)
  if (before.kind === 'mismatch') return refused('IDEMPOTENCY_MISMATCH')
  if (before.kind === 'same' || rows.same !== undefined) {
    const bindingPublicId = before.kind === 'same' ? before.madeId : input.bindingPublicId
    return { writes: [], result: { ok: true, bindingPublicId, replayed: true } }
  }
  const code = obstacle(rows)
  if (code !== undefined) return refused(code)
  return rows.terminal === undefined ? refused('NOT_FOUND') : make(rows.terminal)
}

export const orderBinding = operation<OrderBindingInput, Rows, OrderBindingResult>({
  name: 'order-binding',
  load,
  decide: (rows, input) => decideBinding(rows, input, (terminal) => ordered(rows, terminal, input)),
})
