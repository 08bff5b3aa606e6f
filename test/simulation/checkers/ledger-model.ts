/**
 * What the committed writes make of commands, bindings, terminals, cases and approvals: a checker's own copy of the
 * records, built from the rows as they were written and never read from the product.
 */
import type {
  ApprovalRow,
  ApprovalTargetRow,
  ApprovalVoteRow,
  BindingRow,
  CommandRow,
  ForcedCloseRow,
  ProofRow,
  TerminalRow,
  UnbindCaseRow,
  Write,
} from '@tillgate/gateway'
import { uuidToText } from '@tillgate/protocol'
import { snOf } from '../world/factory.js'

type Stored<T> = { -readonly [K in keyof T]: T[K] }

export class LedgerModel {
  readonly commands = new Map<number, Stored<CommandRow>>()
  readonly bindings = new Map<number, Stored<BindingRow>>()
  readonly terminals = new Map<number, Partial<Stored<TerminalRow>>>()
  readonly cases = new Map<number, Stored<UnbindCaseRow>>()
  readonly forcedCloses = new Map<number, Stored<ForcedCloseRow>>()
  readonly approvals = new Map<number, Stored<ApprovalRow>>()
  /** As they were inserted; what takes a line of a list is seen where it is taken. */
  readonly approvalTargets: Omit<ApprovalTargetRow, 'id'>[] = []
  readonly votes: Omit<ApprovalVoteRow, 'id'>[] = []
  readonly proofs: Omit<ProofRow, 'id'>[] = []
  readonly #byUuid = new Map<string, number>()

  apply(writes: readonly Write[]): void {
    for (const write of writes) {
      if (write.write === 'insert') this.#list(write.table)?.push(write.row)
      const rows = this.#table(write.table)
      if (rows === undefined) continue
      if (write.write === 'insert') this.#insert(write)
      else rows.set(write.id, { ...(rows.get(write.id) ?? {}), ...write.set })
    }
  }

  /** By the uuid as text. */
  command(commandId: string): Stored<CommandRow> | undefined {
    const id = this.#byUuid.get(commandId)
    return id === undefined ? undefined : this.commands.get(id)
  }

  /** Given up by force, and no erase of it is known: what it holds nobody can say (I8). */
  isGivenUp(sn: string): boolean {
    const ended = [...this.bindings.values()].filter(({ terminalId }) => snOf(terminalId) === sn)
    return ended.at(-1)?.state === 'RELEASED_UNPROVEN'
  }

  /** Ordered by a forced close: without settlement, and without a call to the host (rule 9). */
  isForcedErase(command: Pick<CommandRow, 'id' | 'caseId'> | undefined): boolean {
    const closes = [...this.forcedCloses.values()]
    return (
      closes.some(({ caseId }) => command !== undefined && command.caseId === caseId) &&
      this.cases.get(command?.caseId ?? 0)?.commandId !== command?.id
    )
  }

  #insert({ table, row }: Extract<Write, { write: 'insert' }>): void {
    const id = row['id']
    if (typeof id !== 'number') throw new Error(`a ${table} without its id`)
    this.#table(table)?.set(id, { ...row })
    if (table === 'command') this.#byUuid.set(uuidToText(row['uuid'] as Uint8Array), id)
  }

  #list(table: Write['table']): object[] | undefined {
    switch (table) {
      case 'approvalTarget':
        return this.approvalTargets
      case 'approvalVote':
        return this.votes
      case 'proof':
        return this.proofs
      default:
        return undefined
    }
  }

  /** By the uuid as text. */
  unbindCase(caseId: string): Stored<UnbindCaseRow> | undefined {
    return [...this.cases.values()].find(({ uuid }) => uuidToText(uuid) === caseId)
  }

  #table(table: Write['table']): Map<number, object> | undefined {
    switch (table) {
      case 'command':
        return this.commands as Map<number, object>
      case 'binding':
        return this.bindings as Map<number, object>
      case 'terminal':
        return this.terminals as Map<number, object>
      case 'unbindCase':
        return this.cases as Map<number, object>
      case 'forcedClose':
        return this.forcedCloses as Map<number, object>
      case 'approval':
        return this.approvals as Map<number, object>
      default:
        return undefined
    }
  }
}

/** The serial number behind a terminal's key: they were registered in this order. */
export { snOf }

/** Operations that record what somebody else than a terminal has said. */
export const othersWords: ReadonlySet<string> = new Set([
  'record-host-answer',
  'record-forced-block',
  'record-notice',
])
