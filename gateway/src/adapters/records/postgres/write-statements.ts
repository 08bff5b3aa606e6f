/**
 * The writes of a group as SQL, a few statements whatever their number: per table its updates by the
 * columns that they set, then its inserts, in an order that foreign keys and unique constraints bear. SQL
 * counts the rows: fewer than the picture promised fail the transaction.
 *
 * An event's id is (id of the transaction + offset) * 8192 + its place in the transaction, so the order of
 * ids is the order of transactions, and within one the order of writing.
 */
import type { Cell } from '../../../core/operations/operation.js'
import type { TableName } from '../../../core/records/tables.js'
import { columnNames, quoted, snakeCase } from '../sql-names.js'
import type { ColumnTypes } from './column-types.js'
import { postgresLimits } from './limits.js'
import type { Picture, RowUpdate } from './picture.js'
import { atHand, type Row } from './questions.js'
import type { Statement } from './session.js'
import { arrayText } from './values.js'

/** Each table behind those that its rows name; events are written last, and by a way of their own. */
export const tablesInOrder: readonly TableName[] = [
  'merchant',
  'store',
  'terminal',
  'certificate',
  'enrolmentToken',
  'apiToken',
  'earlierBoots',
  'binding',
  'registration',
  'tid',
  'unbindCase',
  'forcedClose',
  'watchAttempt',
  'merchantContact',
  'confirmCode',
  'notice',
  'merchantLink',
  'caseFee',
  'caseAgreement',
  'command',
  'proof',
  'scopeKey',
  'legalHold',
  'document',
  'documentPart',
  'cursor',
  'idempotency',
  'vault',
  'user',
  'userSession',
  'approval',
  'approvalTarget',
  'approvalVote',
  'approvalTally',
  'brake',
  'auditTree',
  'auditTile',
  'auditHole',
  'auditCheckpoint',
]

/** Events of one transaction have their own stretch of ids. */
export const eventsStride = postgresLimits.eventsPerTransactionMax + 1

/** Each connection that writes numbers its lines, in the order of its transactions. */
const writerId = `current_setting('tillgate.event_writer')::bigint`

/** Of this connection, for as long as it lives; no number is given twice. */
export const becomeWriter = `
  select set_config('tillgate.event_writer', nextval('event_writer_ids')::text, false)`

interface UpdateShape {
  readonly set: readonly string[]
  readonly guard: readonly string[]
  /** Of commands: 0 at hand, 1 put away. */
  readonly isAway: boolean
}

type Updates = readonly (readonly [id: number, update: RowUpdate])[]

export class WriteStatements {
  readonly #types: ColumnTypes
  readonly #texts = new Map<string, { readonly name: string; readonly text: string }>()

  constructor(types: ColumnTypes) {
    this.#types = types
  }

  of(picture: Picture): readonly Statement[] {
    const statements: Statement[] = []
    for (const table of tablesInOrder) {
      const writes = picture.writesOf(table)
      if (writes === undefined) continue
      statements.push(...this.#updates(table, writes.updates, picture))
      if (writes.inserts.length > 0) statements.push(this.insert(table, writes.inserts))
    }
    if (picture.events.length > 0) statements.push(this.#eventInserts(picture.events))
    return statements
  }

  #kept(shape: string, make: () => string): { readonly name?: string; readonly text: string } {
    const known = this.#texts.get(shape)
    if (known !== undefined) return known
    const text = make()
    if (this.#texts.size >= postgresLimits.statementsPreparedMax) return { text }
    const made = { name: `w${String(this.#texts.size)}`, text }
    this.#texts.set(shape, made)
    return made
  }

  #arrays(table: TableName, columns: readonly string[]): string {
    return columns
      .map((column, place) => `$${String(place + 1)}::${this.#types.of(table, column)}[]`)
      .join(', ')
  }

  /** Rows as they are, with the ids that they have. */
  insert(table: TableName, rows: readonly Row[]): Statement {
    const names = columnNames(table)
    const into = names.map(quoted).join(', ')
    const statement = this.#kept(`+${table}`, () => {
      const from = `unnest(${this.#arrays(table, names)})`
      const plain = `insert into ${quoted(table)} (${into}) select * from ${from}`
      if (table !== 'command') return plain
      return (
        `with rows as (select * from ${from} as r (${into})), keys as (insert into command_key ` +
        `(id, uuid, terminal_id) select id, uuid, terminal_id from rows) ` +
        `insert into command (${into}) select ${into} from rows`
      )
    })
    return { ...statement, values: names.map((name) => arrayText(rows.map((row) => row[name]))) }
  }

  #eventInserts(rows: readonly Row[]): Statement {
    const names = columnNames('event').filter((name) => name !== 'id')
    const into = names.map(quoted).join(', ')
    const statement = this.#kept('+event', () => {
      const from = `unnest(${this.#arrays('event', names)}) with ordinality as r (${into}, place)`
      const id = `(o.xid_offset + pg_current_xact_id()::text::bigint) * ${String(eventsStride)} + r.place`
      const count = `$${String(names.length + 1)}::bigint`
      return (
        `with w as (insert into event_writer as w (id, written) select ${writerId}, ${count} ` +
        `on conflict (id) do update set written = w.written + excluded.written returning id, written - ${count} as before) ` +
        `insert into event (id, writer, number, ${into}) ` +
        `select ${id}, w.id, w.before + r.place, ${into} from event_origin o, w, ${from}`
      )
    })
    const values = names.map((name) => arrayText(rows.map((row) => row[name])))
    return { ...statement, values: [...values, rows.length] }
  }

  #updates(
    table: TableName,
    updates: ReadonlyMap<number, RowUpdate>,
    picture: Picture,
  ): readonly Statement[] {
    const byShape = new Map<
      string,
      { shape: UpdateShape; list: (readonly [number, RowUpdate])[] }
    >()
    for (const [id, update] of updates) {
      const isAway = table === 'command' && picture.placeOf(id) !== 0
      const shape = { set: Object.keys(update.set), guard: Object.keys(update.guard), isAway }
      const key = `=${table} ${shape.set.join()} ${shape.guard.join()} ${String(isAway)}`
      const group = byShape.get(key)
      if (group === undefined) byShape.set(key, { shape, list: [[id, update]] })
      else group.list.push([id, update])
    }
    return [...byShape].map(([key, { shape, list }]) => this.#update(table, key, shape, list))
  }

  #update(table: TableName, key: string, shape: UpdateShape, list: Updates): Statement {
    const { set, guard } = shape
    const statement = this.#kept(key, () => this.#updateText(table, shape))
    const cells = (of: (update: RowUpdate) => Cell | undefined): string =>
      arrayText(list.map(([, update]) => of(update)))
    return {
      ...statement,
      values: [
        arrayText(list.map(([id]) => id)),
        ...set.map((column) => cells((update) => update.set[column])),
        ...guard.map((column) => cells((update) => update.guard[column])),
        list.length,
      ],
    }
  }

  #updateText(table: TableName, { set, guard, isAway }: UpdateShape): string {
    const given = ['id', ...set.map((_, place) => `s${String(place)}`)]
    const held = guard.map((_, place) => `g${String(place)}`)
    const arrays = this.#arrays(table, ['id', ...set, ...guard])
    const sets = set.map((column, place) => `${quoted(column)} = u.s${String(place)}`)
    const guards = guard.map(
      (column, place) => ` and t.${quoted(column)} is not distinct from u.g${String(place)}`,
    )
    const count = `$${String(1 + set.length + guard.length + 1)}::bigint`
    const given_ = `unnest(${arrays}) as u (${[...given, ...held].join(', ')})`
    return (
      `with ${isAway ? `home as (update command_key k set part = 0 from unnest($1::bigint[]) as a (id) where k.id = a.id), ` : ''}` +
      `done as (update ${placeOf(table, isAway)} t set ${sets.join(', ')}${isAway ? ', part = 0' : ''} from ${given_} ` +
      `where t.id = u.id${isAway ? ' and t.part <> 0' : ''}${guards.join('')} returning 1) ` +
      `select expect_rows('${snakeCase(table)}', (select count(*) from done), ${count})`
    )
  }
}

/**
 * Commands at hand by the name of their partition: `part = 0` would be a condition by itself, along which
 * the planner of an empty database reads the whole partition. One that was put away and is changed comes
 * back to those at hand, and only a partitioned table can move it.
 */
const placeOf = (table: TableName, isAway: boolean): string =>
  table === 'command' && !isAway ? atHand : quoted(table)
