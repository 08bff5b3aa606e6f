/** Commands, their ledger and their proofs. */
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { CommandView } from '../../core/queries/queries.js'
import type { CommandRow, EventRow, ProofRow } from '../../core/records/tables.js'
import {
  asRows,
  builder,
  firstRow,
  isOpen,
  limitParam,
  param,
  rowOf,
  type QueryTable,
} from './query.js'

/** As the partial indexes say it, or SQLite does not use them. */
const waitsForHost: RawBuilder<SqlBool> = sql`command.phase in ('ready', 'tid_blocking', 'tid_unblocking')`
const endedRarely: RawBuilder<SqlBool> = sql`command.state in
  ('failed', 'refused', 'cancelled', 'expired', 'superseded', 'parked')`

/** A block call that the host has answered waits for nothing more. */
const hostOwesAnswer: RawBuilder<SqlBool> = sql`
  (command.phase <> 'tid_blocking' or command.host_answer is null)`

/** Behind the point of no return, while aborting and after an end, expiry changes nothing. */
const expiryMatters: RawBuilder<SqlBool> = sql`
  command.state in ('queued', 'published', 'accepted', 'running', 'parked')
  and (command.destructive = 1 or command.state in ('queued', 'published', 'parked'))
  and (command.phase is null or command.phase in ('preparing', 'ready', 'tid_blocking'))`

/** The plus keeps SQLite from walking the whole table by its key instead of the short index. */
const position = sql`+command.id`
const afterPosition: RawBuilder<SqlBool> = sql`${position} > ${param('afterId')}`

const movingStates: ReadonlySet<string> = new Set(['queued', 'published', 'accepted', 'running'])

type StateIndex = 'any' | 'open' | 'rare'

const stateIndexOf = (state: string | undefined): StateIndex => {
  if (state === undefined || state === 'done') return 'any'
  return movingStates.has(state) ? 'open' : 'rare'
}

const commandView = (from: 'command' = 'command') =>
  builder
    .selectFrom(`${from} as command`)
    .innerJoin('terminal', 'terminal.id', 'command.terminal_id')
    .leftJoin('binding', 'binding.id', 'command.binding_id')
    .select(rowOf('command'))
    .select(['terminal.sn as sn', 'binding.uuid as bindingUuid'])

type CommandQueryName =
  | 'open-commands'
  | 'host-work'
  | 'overdue-commands'
  | 'command-by-uuid'
  | 'commands'
  | 'events-of-command'
  | 'proofs-of-command'

export const commandQueries: Pick<QueryTable, CommandQueryName> = {
  'open-commands': {
    build: (dialect) =>
      builder
        .selectFrom(`${dialect.commandsAtHand} as command`)
        .select(rowOf('command'))
        .where(isOpen)
        .where('terminal_id', 'in', dialect.listParam('terminalIds'))
        .orderBy('terminal_id')
        .orderBy('id')
        .limit(limitParam()),
    answer: (rows) => asRows<CommandRow>(rows),
  },
  'host-work': {
    build: (dialect) =>
      builder
        .selectFrom(`${dialect.commandsAtHand} as command`)
        .innerJoin('binding', 'binding.id', 'command.binding_id')
        .innerJoin('terminal', 'terminal.id', 'command.terminal_id')
        .select(rowOf('command'))
        .select([
          'terminal.sn as sn',
          'binding.acquirer_code as acquirerCode',
          'binding.mid as mid',
          'binding.tid as tid',
        ])
        .where(waitsForHost)
        .where(hostOwesAnswer)
        .where(afterPosition)
        .orderBy(position)
        .limit(limitParam()),
    answer: (rows) => asRows(rows),
  },
  'overdue-commands': {
    build: (dialect) =>
      builder
        .selectFrom(`${dialect.commandsAtHand} as command`)
        .innerJoin('terminal', 'terminal.id', 'command.terminal_id')
        .select(rowOf('command'))
        .select('terminal.sn as sn')
        .where(isOpen)
        .where(expiryMatters)
        .where('command.not_after_ms', '<', param<number>('nowMs'))
        .where(afterPosition)
        .orderBy(position)
        .limit(limitParam()),
    answer: (rows) => asRows(rows),
  },
  'command-by-uuid': {
    build: (dialect) =>
      commandView()
        .where('command.uuid', '=', param<Uint8Array>('uuid'))
        .where(dialect.isInItsPlace),
    answer: (rows) => firstRow<CommandView>(rows),
  },
  commands: {
    filters: ['terminalId', 'state', 'type'],
    choice: (input) => stateIndexOf(input.state),
    build: (dialect, has, choice) => {
      let query = commandView(choice === 'open' ? dialect.commandsAtHand : 'command')
        .where('command.id', '>', param<number>('afterId'))
        .orderBy('command.id')
        .limit(limitParam())
      if (has('terminalId'))
        query = query.where('command.terminal_id', '=', param<number>('terminalId'))
      if (has('state'))
        query = query.where('command.state', '=', param<CommandRow['state']>('state'))
      if (has('type')) query = query.where('command.type', '=', param<number>('type'))
      if (choice === 'open') return query.where(isOpen)
      return choice === 'rare' ? query.where(endedRarely) : query
    },
    answer: (rows) => asRows<CommandView>(rows),
  },
  'events-of-command': {
    build: () =>
      builder
        .selectFrom('event')
        .select(rowOf('event'))
        .where('command_id', '=', param<number>('commandId'))
        .where('id', '>', param<number>('afterId'))
        .orderBy('id')
        .limit(limitParam()),
    answer: (rows) => asRows<EventRow>(rows),
  },
  'proofs-of-command': {
    build: () =>
      builder
        .selectFrom('proof')
        .select(rowOf('proof'))
        .where('command_id', '=', param<number>('commandId'))
        .orderBy('id'),
    answer: (rows) => asRows<ProofRow>(rows),
  },
}
