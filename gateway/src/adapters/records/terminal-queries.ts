/** Terminals, their certificates, the tokens that enrol them. */
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { RevokedCertificate } from '../../core/queries/queries.js'
import {
  columns,
  type CertificateRow,
  type EnrolmentTokenRow,
  type RowOf,
  type TableName,
  type TerminalRow,
} from '../../core/records/tables.js'
import {
  asRows,
  builder,
  firstRow,
  isOpen,
  limitParam,
  param,
  rowOf,
  type QueryTable,
  type Row,
} from './query.js'

const CERTIFICATE = 'certificate.'
const TERMINAL = 'terminal.'

/** The columns of one of the joined tables, without the prefix they were selected under. */
export const partOf = <T extends TableName>(table: T, prefix: string): ((row: Row) => RowOf<T>) => {
  const names = Object.keys(columns[table]).map((name) => [name, `${prefix}${name}`] as const)
  return (row) => {
    const part: Record<string, unknown> = {}
    for (const [name, selected] of names) part[name] = row[selected]
    return part as unknown as RowOf<T>
  }
}

const certificateIn = partOf('certificate', CERTIFICATE)
const terminalIn = partOf('terminal', TERMINAL)

/** As the partial index says it. */
const isRevoked: RawBuilder<SqlBool> = sql`certificate.revoked = 1`

type TerminalQueryName =
  | 'certificate-by-hash'
  | 'terminal-by-sn'
  | 'terminal-by-id'
  | 'terminals'
  | 'waiting-terminals'
  | 'certificates-of-terminal'
  | 'revoked-certificates'
  | 'enrolment-token-by-uuid'
  | 'enrolment-token-by-hash'
  | 'enrolment-tokens'

export const terminalQueries: Pick<QueryTable, TerminalQueryName> = {
  'certificate-by-hash': {
    build: () =>
      builder
        .selectFrom('certificate')
        .innerJoin('terminal', 'terminal.id', 'certificate.terminal_id')
        .select(rowOf('certificate', CERTIFICATE))
        .select(rowOf('terminal', TERMINAL))
        .where('certificate.sha256', '=', param<Uint8Array>('sha256')),
    answer: ([row]) =>
      row === undefined
        ? undefined
        : {
            certificate: certificateIn(row),
            terminal: terminalIn(row),
          },
  },
  'terminal-by-sn': {
    build: () =>
      builder
        .selectFrom('terminal')
        .select(rowOf('terminal'))
        .where('sn', '=', param<string>('sn')),
    answer: (rows) => firstRow<TerminalRow>(rows),
  },
  'terminal-by-id': {
    build: () =>
      builder
        .selectFrom('terminal')
        .select(rowOf('terminal'))
        .where('id', '=', param<number>('id')),
    answer: (rows) => firstRow<TerminalRow>(rows),
  },
  terminals: {
    filters: ['state'],
    build: (_, has) => {
      const query = builder
        .selectFrom('terminal')
        .select(rowOf('terminal'))
        .where('id', '>', param<number>('afterId'))
        .orderBy('id')
        .limit(limitParam())
      return has('state') ? query.where('state', '=', param<TerminalRow['state']>('state')) : query
    },
    answer: (rows) => asRows<TerminalRow>(rows),
  },
  'waiting-terminals': {
    build: (dialect) =>
      builder
        .selectFrom(`${dialect.commandsAtHand} as command`)
        .innerJoin('terminal', 'terminal.id', 'command.terminal_id')
        .select(['command.terminal_id as id', 'terminal.sn as sn'])
        .where(isOpen)
        .where('command.terminal_id', '>', param<number>('afterId'))
        .groupBy(['command.terminal_id', 'terminal.sn'])
        .orderBy('command.terminal_id')
        .limit(limitParam()),
    answer: (rows) => asRows<{ readonly id: number; readonly sn: string }>(rows),
  },
  'certificates-of-terminal': {
    build: () =>
      builder
        .selectFrom('certificate')
        .select(rowOf('certificate'))
        .where('terminal_id', '=', param<number>('terminalId'))
        .orderBy('id'),
    answer: (rows) => asRows<CertificateRow>(rows),
  },
  'revoked-certificates': {
    build: () =>
      builder
        .selectFrom('certificate')
        .select([
          'terminal_id as terminalId',
          'sha256 as sha256',
          sql<number>`revoked_at_ms`.as('revokedAtMs'),
        ])
        .where(isRevoked)
        .where('revoked_at_ms', '>=', param<number>('sinceMs'))
        .orderBy('revoked_at_ms')
        .limit(limitParam()),
    answer: (rows) => asRows<RevokedCertificate>(rows),
  },
  'enrolment-token-by-uuid': {
    build: () =>
      builder
        .selectFrom('enrolment_token')
        .select(rowOf('enrolmentToken'))
        .where('uuid', '=', param<Uint8Array>('uuid')),
    answer: (rows) => firstRow<EnrolmentTokenRow>(rows),
  },
  'enrolment-token-by-hash': {
    build: () =>
      builder
        .selectFrom('enrolment_token')
        .select(rowOf('enrolmentToken'))
        .where('token_hash', '=', param<Uint8Array>('tokenHash')),
    answer: (rows) => firstRow<EnrolmentTokenRow>(rows),
  },
  'enrolment-tokens': {
    build: () =>
      builder
        .selectFrom('enrolment_token')
        .select(rowOf('enrolmentToken'))
        .where('id', '>', param<number>('afterId'))
        .orderBy('id')
        .limit(limitParam()),
    answer: (rows) => asRows<EnrolmentTokenRow>(rows),
  },
}
