/** Unbind cases, and what their loop has to look at. */
import { sql } from 'kysely'

import type { CaseView } from '../../core/queries/queries.js'
import type { EventRow, ForcedCloseRow, WatchAttemptRow } from '../../core/records/tables.js'
import { asRows, builder, firstRow, limitParam, param, rowOf, type QueryTable } from './query.js'

const caseView = () =>
  builder
    .selectFrom('unbind_case')
    .innerJoin('terminal', 'terminal.id', 'unbind_case.terminal_id')
    .innerJoin('binding', 'binding.id', 'unbind_case.binding_id')
    .innerJoin('merchant', 'merchant.id', 'unbind_case.merchant_id')
    .leftJoin('command', 'command.id', 'unbind_case.command_id')
    .select(rowOf('unbindCase'))
    .select([
      'terminal.sn as sn',
      'terminal.tusn as tusn',
      'terminal.session_ended_ms as sessionEndedMs',
      'terminal.session_since_ms as sessionSinceMs',
      'binding.uuid as bindingUuid',
      'binding.acquirer_code as acquirerCode',
      'binding.mid as mid',
      'binding.tid as tid',
      'merchant.uuid as merchantUuid',
      'command.uuid as commandUuid',
    ])

/** Granted approvals of a kind with the cases that their targets may be meant for. */
const granted = (kind: string) =>
  builder
    .selectFrom('approval')
    .innerJoin('approval_target', 'approval_target.approval_id', 'approval.id')
    .innerJoin('unbind_case', 'unbind_case.terminal_id', 'approval_target.terminal_id')
    .innerJoin('binding', 'binding.id', 'unbind_case.binding_id')
    .select([
      'unbind_case.id as caseId',
      'unbind_case.terminal_id as terminalId',
      'approval.uuid as approvalUuid',
    ])
    .where('approval.state', '=', 'GRANTED')
    .where('approval.kind', '=', kind)
    .where('approval.expires_at_ms', '>', param<number>('nowMs'))
    .where('approval_target.used_by', 'is', null)
    .where('unbind_case.id', '>', param<number>('afterId'))
    .whereRef('binding.uuid', '=', 'approval_target.binding_uuid')
    .orderBy('unbind_case.id')
    .limit(limitParam())

type CaseQueryName =
  | 'case-by-uuid'
  | 'cases'
  | 'due-cases'
  | 'approvable-cases'
  | 'forceable-cases'
  | 'late-comers'
  | 'forced-close'
  | 'attempts-of-case'
  | 'events-of-case'

export const caseQueries: Pick<QueryTable, CaseQueryName> = {
  'attempts-of-case': {
    build: () =>
      builder
        .selectFrom('watch_attempt')
        .select(rowOf('watchAttempt'))
        .where('case_id', '=', param<number>('caseId'))
        .where('id', '>', param<number>('afterId'))
        .orderBy('id')
        .limit(limitParam()),
    answer: (rows) => asRows<WatchAttemptRow>(rows),
  },
  'case-by-uuid': {
    build: () => caseView().where('unbind_case.uuid', '=', param<Uint8Array>('uuid')),
    answer: (rows) => firstRow<CaseView>(rows),
  },
  cases: {
    filters: ['state', 'open', 'terminalId', 'merchantId'],
    build: (_, has) => {
      let query = caseView()
        .where('unbind_case.id', '>', param<number>('afterId'))
        .orderBy('unbind_case.id')
        .limit(limitParam())
      if (has('state'))
        query = query.where('unbind_case.state', '=', param<CaseView['state']>('state'))
      if (has('open')) query = query.where('unbind_case.open', '=', param<0 | 1>('open'))
      if (has('terminalId'))
        query = query.where('unbind_case.terminal_id', '=', param<number>('terminalId'))
      if (has('merchantId'))
        query = query.where('unbind_case.merchant_id', '=', param<number>('merchantId'))
      return query
    },
    answer: (rows) => asRows<CaseView>(rows),
  },
  'due-cases': {
    build: () =>
      caseView()
        .where('unbind_case.due_at_ms', '<=', param<number>('nowMs'))
        .orderBy('unbind_case.due_at_ms')
        .orderBy('unbind_case.id')
        .limit(limitParam()),
    answer: (rows) => asRows<CaseView>(rows),
  },
  'approvable-cases': {
    build: () => granted('unbind').where('unbind_case.state', '=', 'AWAITING_APPROVAL'),
    answer: (rows) => asRows(rows),
  },
  'forceable-cases': {
    // Said in the text: SQLite plans a statement anew each time a bound value decides on a partial index.
    build: () => granted('force-close').where(sql<boolean>`unbind_case.open = 1`),
    answer: (rows) => asRows(rows),
  },
  'late-comers': {
    build: () =>
      builder
        .selectFrom('forced_close')
        .innerJoin('terminal', 'terminal.id', 'forced_close.terminal_id')
        .innerJoin('binding', 'binding.id', 'forced_close.binding_id')
        .innerJoin('unbind_case', 'unbind_case.id', 'forced_close.case_id')
        .leftJoin('command', 'command.id', 'forced_close.erase_command_id')
        .select([
          'forced_close.id as id',
          'forced_close.case_id as caseId',
          'forced_close.terminal_id as terminalId',
          'terminal.sn as sn',
          'unbind_case.reason as reason',
          'binding.mid as mid',
          'binding.tid as tid',
        ])
        .where('forced_close.pending', '=', 1)
        .where('unbind_case.state', '=', 'CLOSED_UNPROVEN')
        .where('terminal.session_since_ms', 'is not', null)
        .where('terminal.session_ended_ms', 'is', null)
        .where((on) =>
          on.or([
            on('command.id', 'is', null),
            on('command.open', '=', 0),
            on('command.state', '=', 'parked'),
          ]),
        )
        .where('forced_close.id', '>', param<number>('afterId'))
        .orderBy('forced_close.id')
        .limit(limitParam()),
    answer: (rows) => asRows(rows),
  },
  'forced-close': {
    build: () =>
      builder
        .selectFrom('forced_close')
        .select(rowOf('forcedClose'))
        .where('case_id', '=', param<number>('caseId')),
    answer: (rows) => firstRow<ForcedCloseRow>(rows),
  },
  'events-of-case': {
    build: () =>
      builder
        .selectFrom('event')
        .select(rowOf('event'))
        .where('case_id', '=', param<number>('caseId'))
        .where('id', '>', param<number>('afterId'))
        .orderBy('id')
        .limit(limitParam()),
    answer: (rows) => asRows<EventRow>(rows),
  },
}
