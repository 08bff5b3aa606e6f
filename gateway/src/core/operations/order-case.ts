/**
 * order-case: the Unbind of an approved case. Order, reservation and the case's move are one commit. The
 * case outlives its command: when one has ended without effect another may be ordered. An approval that no
 * longer covers the case sends it back to whoever approves.
 * Results: CaseMoveResult | NOT_FOUND | ILLEGAL_STATE (not approved, not yet, or a command of the case is
 * open) | COMMAND_IN_FLIGHT | TERMINAL_NOT_BOUND | CONFLICT (the binding has moved) | QUEUE_FULL.
 * Events: case.dispatched, case.approval_lapsed, command.ordered, binding.releasing, terminal.state.
 */
import { commandTypeNumbers, uuidToText } from '@tillgate/protocol'

import { covers, type HeldApproval } from '../approvals/covers.js'
import { loadHeldApproval } from '../approvals/load-held.js'
import { coreLimits } from '../limits.js'
import type { BindingRow, CommandRow, TerminalRow, UnbindCaseRow } from '../records/tables.js'
import { unbindApprovalKind } from './approve-case.js'
import { decideCaseMove, type CaseMoveResult } from './case-move.js'
import { queuedCommand } from './command-row.js'
import { event } from './event.js'
import {
  freshId,
  insert,
  many,
  one,
  operation,
  together,
  type Decision,
  type Load,
} from './operation.js'
import { reserveForUnbind } from './reserve-for-unbind.js'

export interface OrderCaseInput {
  readonly caseId: number
  readonly terminalId: number
  readonly uuid: Uint8Array
  readonly publicId: string
  /** The Unbind payload, encoded, made from this binding. */
  readonly payload: Uint8Array
  readonly bindingId: number
  readonly notAfterMs: number
  readonly atMs: number
}

export interface Rows {
  readonly terminal: TerminalRow | undefined
  readonly binding: BindingRow | undefined
  readonly open: readonly CommandRow[]
  /** The case with the approval that it took. */
  readonly approved: Approved
  readonly commandId: number
}

interface Approved {
  readonly unbindCase: UnbindCaseRow | undefined
  readonly held: HeldApproval | undefined
}

function* loadApproved({ caseId, terminalId }: OrderCaseInput): Load<Approved> {
  const unbindCase = yield* one('unbindCase', { id: caseId })
  const subjectHash = unbindCase?.approvalHash ?? undefined
  const held =
    subjectHash === undefined ? undefined : yield* loadHeldApproval({ subjectHash }, terminalId)
  return { unbindCase, held }
}

const load = (input: OrderCaseInput): Load<Rows> => {
  const { terminalId } = input
  return together({
    approved: loadApproved(input),
    terminal: one('terminal', { id: terminalId }),
    binding: one('binding', { terminalId, live: 1 }),
    open: many('command', { terminalId, open: 1 }, coreLimits.commandsPerTerminalMax),
    commandId: freshId('command'),
  })
}

type Code = Extract<CaseMoveResult, { ok: false }>['code']

const refused = (code: Code): Decision<CaseMoveResult> => ({
  writes: [],
  result: { ok: false, code },
})

const obstacle = (rows: Rows, input: OrderCaseInput): Code | undefined => {
  const { terminal, binding, open } = rows
  const { unbindCase } = rows.approved
  if (unbindCase === undefined || terminal === undefined) return 'NOT_FOUND'
  if (terminal.state === 'DECOMMISSIONED') return 'ILLEGAL_STATE'
  if (open.some(({ type }) => type === commandTypeNumbers.Unbind)) return 'COMMAND_IN_FLIGHT'
  if (open.length >= coreLimits.commandsPerTerminalMax) return 'QUEUE_FULL'
  if (binding === undefined || binding.state !== 'ACTIVE') return 'TERMINAL_NOT_BOUND'
  return binding.id === input.bindingId && binding.id === unbindCase.bindingId
    ? undefined
    : 'CONFLICT'
}

const isCovered = (
  { approved: { unbindCase, held }, terminal, binding }: Rows,
  { atMs }: OrderCaseInput,
): boolean => {
  if (held === undefined || unbindCase === undefined) return false
  if (terminal === undefined || binding === undefined) return false
  const { sn } = terminal
  const { uuid: bindingUuid, epoch } = binding
  const by = uuidToText(unbindCase.uuid)
  return covers(held, { kind: unbindApprovalKind, sn, bindingUuid, epoch, atMs, by }).ok
}

const orderedCommand = (
  input: OrderCaseInput,
  terminal: TerminalRow,
  { approvalHash }: UnbindCaseRow,
): Omit<CommandRow, 'id'> => ({
  ...queuedCommand({
    uuid: input.uuid,
    terminalId: terminal.id,
    bindingId: input.bindingId,
    type: commandTypeNumbers.Unbind,
    destructive: 1,
    payload: input.payload,
    assetEpoch: terminal.assetEpoch,
    bindingEpoch: terminal.bindingEpoch,
    createdBy: 'gateway',
    createdAtMs: input.atMs,
    notAfterMs: input.notAfterMs,
    caseId: input.caseId,
  }),
  approvalHash,
})

export const orderCase = operation<OrderCaseInput, Rows, CaseMoveResult>({
  name: 'order-case',
  load,
  decide(rows, input) {
    const { terminal, binding, commandId, approved } = rows
    const { unbindCase } = approved
    const code = obstacle(rows, input)
    if (code !== undefined) return refused(code)
    if (unbindCase === undefined || terminal === undefined || binding === undefined) {
      return refused('NOT_FOUND')
    }
    const { atMs, caseId, publicId } = input
    if (unbindCase.approvalHash !== null && !isCovered(rows, input)) {
      return decideCaseMove(unbindCase, { on: 'approval-lapsed' }, { atMs, actor: 'gateway' })
    }
    const about = { atMs, actor: 'gateway', terminalId: terminal.id, commandId, caseId }
    return decideCaseMove(
      { ...unbindCase, commandId },
      { on: 'ordered' },
      {
        atMs,
        actor: 'gateway',
        set: { commandId, orders: unbindCase.orders + 1 },
        also: [
          insert('command', { id: commandId, ...orderedCommand(input, terminal, unbindCase) }),
          event({
            ...about,
            bindingId: binding.id,
            kind: 'command.ordered',
            data: { command: publicId, type: commandTypeNumbers.Unbind },
          }),
          ...reserveForUnbind({ terminal, binding, commandId, atMs, actor: 'gateway' }),
        ],
      },
    )
  },
})
