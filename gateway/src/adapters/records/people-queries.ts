/** People, their sessions, and what they decide about. */
import { sql } from 'kysely'
import type { VoteView } from '../../core/queries/queries.js'
import type { ApprovalRow, ApprovalTargetRow, UserRow } from '../../core/records/tables.js'
import { asRows, builder, firstRow, limitParam, param, rowOf, type QueryTable } from './query.js'
import { partOf } from './terminal-queries.js'

type PeopleQueryName =
  | 'user-by-login'
  | 'user-by-uuid'
  | 'user-by-activation'
  | 'users'
  | 'session-by-hash'
  | 'approval-by-uuid'
  | 'approvals'
  | 'overdue-approvals'
  | 'approval-targets'
  | 'approval-votes'
  | 'brake-held'
  | 'bindings-in-service'

const users = () => builder.selectFrom('user').select(rowOf('user'))
const approvals = () => builder.selectFrom('approval').select(rowOf('approval'))

const SESSION = 'session.'
const USER = 'user.'
const sessionIn = partOf('userSession', SESSION)
const userIn = partOf('user', USER)

export const peopleQueries: Pick<QueryTable, PeopleQueryName> = {
  'user-by-login': {
    build: () => users().where('login', '=', param<string>('login')),
    answer: (rows) => firstRow<UserRow>(rows),
  },
  'user-by-uuid': {
    build: () => users().where('uuid', '=', param<Uint8Array>('uuid')),
    answer: (rows) => firstRow<UserRow>(rows),
  },
  'user-by-activation': {
    build: () => users().where('activation_hash', '=', param<Uint8Array>('activationHash')),
    answer: (rows) => firstRow<UserRow>(rows),
  },
  users: {
    build: () =>
      users().where('id', '>', param<number>('afterId')).orderBy('id').limit(limitParam()),
    answer: (rows) => asRows<UserRow>(rows),
  },
  'session-by-hash': {
    build: () =>
      builder
        .selectFrom('user_session')
        .innerJoin('user', 'user.id', 'user_session.user_id')
        .select(rowOf('userSession', SESSION))
        .select(rowOf('user', USER))
        .where('user_session.token_hash', '=', param<Uint8Array>('tokenHash')),
    answer: ([row]) =>
      row === undefined ? undefined : { session: sessionIn(row), user: userIn(row) },
  },
  'approval-by-uuid': {
    build: () => approvals().where('uuid', '=', param<Uint8Array>('uuid')),
    answer: (rows) => firstRow<ApprovalRow>(rows),
  },
  approvals: {
    filters: ['state'],
    build: (_, has) => {
      const query = approvals()
        .where('id', '>', param<number>('afterId'))
        .orderBy('id')
        .limit(limitParam())
      return has('state') ? query.where('state', '=', param<ApprovalRow['state']>('state')) : query
    },
    answer: (rows) => asRows<ApprovalRow>(rows),
  },
  'overdue-approvals': {
    build: () =>
      approvals()
        .where(sql<boolean>`open = 1`)
        .where('expires_at_ms', '<=', param<number>('nowMs'))
        .orderBy('expires_at_ms')
        .limit(limitParam()),
    answer: (rows) => asRows<ApprovalRow>(rows),
  },
  'approval-targets': {
    build: () =>
      builder
        .selectFrom('approval_target')
        .select(rowOf('approvalTarget'))
        .where('approval_id', '=', param<number>('approvalId'))
        .where('id', '>', param<number>('afterId'))
        .orderBy('id')
        .limit(limitParam()),
    answer: (rows) => asRows<ApprovalTargetRow>(rows),
  },
  'approval-votes': {
    build: () =>
      builder
        .selectFrom('approval_vote')
        .innerJoin('user', 'user.id', 'approval_vote.user_id')
        .select(rowOf('approvalVote'))
        .select(['user.login as login', 'user.uuid as userUuid'])
        .where('approval_vote.approval_id', '=', param<number>('approvalId'))
        .orderBy('approval_vote.id'),
    answer: (rows) => asRows<VoteView>(rows),
  },
  'brake-held': {
    build: () => builder.selectFrom('brake').select('held').where('id', '=', 1),
    answer: (rows) => firstRow<{ readonly held: number }>(rows)?.held ?? 0,
  },
  'bindings-in-service': {
    build: () =>
      builder
        .selectFrom('binding')
        .select(sql<number>`count(*)`.as('bindings'))
        .where(sql<boolean>`live = 1`),
    answer: (rows) => firstRow<{ readonly bindings: number }>(rows)?.bindings ?? 0,
  },
}
