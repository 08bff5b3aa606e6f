/**
 * The questions of operations as SQL: all of one shape (a table, the columns of its `where`, one row or
 * many) are one statement, whatever their number. Each is answered along an index: the sessions that ask
 * plan once for any number of rows and never by a scan, and a contract test holds the shapes to that.
 *
 * Commands are looked for by their key and read where the ones at hand lie; one that was put away is asked
 * for again, in its own partition.
 */
import type { Ask, Cell, Where } from '../../../core/operations/operation.js'
import type { TableName } from '../../../core/records/tables.js'
import { BadShape } from '../group.js'
import { columnNames, quoted } from '../sql-names.js'
import type { ColumnTypes } from './column-types.js'
import { postgresLimits } from './limits.js'
import type { Rows, Statement } from './session.js'
import { arrayText, cellName, checkCell } from './values.js'

export type Question = Extract<Ask, { ask: 'one' | 'many' }>
export type Row = Readonly<Record<string, Cell>>

/** Partial indexes stand on these flags: their value is part of the text. */
const literalFlags: ReadonlySet<string> = new Set(['open', 'live'])

const isLiteral = (column: string, cell: Cell | undefined): boolean =>
  literalFlags.has(column) && (cell === 0 || cell === 1)

/** The partition of the commands that were not put away. */
export const atHand = 'command_at_hand'

/** Rows that operations of several lanes may change: nobody else may while we look at them. */
const lockedTables: ReadonlySet<TableName> = new Set([
  'tid',
  'user',
  'userSession',
  'approval',
  'approvalTally',
  'brake',
  'notice',
])

const boundOf = (where: Where): readonly string[] =>
  Object.keys(where).filter((column) => where[column] !== null && !isLiteral(column, where[column]))

const shapeOf = (question: Question): string => {
  let shape = `${question.ask} ${question.table}`
  for (const column in question.where) {
    const cell = question.where[column]
    shape += ` ${column}`
    if (cell === null) shape += '~'
    else if (isLiteral(column, cell)) shape += `=${String(cell)}`
  }
  return question.ask === 'many' ? `${shape} ${String(question.limit)}` : shape
}

const checkLimit = (limit: number): void => {
  if (Number.isInteger(limit) && limit > 0 && limit <= postgresLimits.askRowsMax) return
  throw new BadShape(`a limit of ${String(limit)} rows`)
}

/** A question is named several times on its way. */
const names = new WeakMap<Question, string>()

/** Equal questions have equal names. Throws BadShape where a value can't be asked for. */
export const nameOf = (question: Question): string => {
  const known = names.get(question)
  if (known !== undefined) return known
  const name = made(question)
  names.set(question, name)
  return name
}

const made = (question: Question): string => {
  if (question.ask === 'many') checkLimit(question.limit)
  let name = shapeOf(question)
  for (const column in question.where) {
    const cell = question.where[column] as Cell
    checkCell(column, cell)
    name += `\u001f${cellName(cell)}`
  }
  return name
}

export interface Found {
  readonly question: Question
  readonly rows: readonly Row[]
}

/** Some questions of one shape, and how their answers are read. */
export interface Asked {
  readonly statement: Statement
  readonly questions: readonly Question[]
  /** In the order of `questions`; what was put away is in `away` instead. */
  read(rows: Rows): { readonly found: readonly Found[]; readonly away: readonly Away[] }
}

export interface Away {
  readonly question: Question
  readonly id: number
  readonly part: number
}

interface Shape {
  readonly name: string
  readonly text: string
  readonly bound: readonly string[]
}

const rowTemplate = (table: TableName): Record<string, Cell> =>
  Object.fromEntries(columnNames(table).map((column) => [column, null]))

export class Questions {
  readonly #types: ColumnTypes
  readonly #shapes = new Map<string, Shape>()
  readonly #templates = new Map<TableName, Record<string, Cell>>()

  constructor(types: ColumnTypes) {
    this.#types = types
  }

  /** Throws BadShape where it can't be asked. */
  check(question: Question): void {
    nameOf(question)
    const key = shapeOf(question)
    if (!this.#shapes.has(key)) this.#shape(key, question)
  }

  /** Statements for all of them: one a shape. */
  ask(questions: readonly Question[]): readonly Asked[] {
    const byShape = new Map<string, Question[]>()
    for (const question of questions) {
      const shape = shapeOf(question)
      const list = byShape.get(shape)
      if (list === undefined) byShape.set(shape, [question])
      else list.push(question)
    }
    return [...byShape].map(([shape, list]) => this.#asked(shape, list))
  }

  /** Commands that were put away, where they lie now. */
  askAway(away: readonly Away[]): Asked {
    const list = this.#list('command', 'command')
    return {
      statement: {
        name: 'away',
        text:
          `select q.n, q.part, ${list} from unnest($1::bigint[], $2::integer[]) ` +
          'with ordinality as q(id, part, n) join command on command.part = q.part and command.id = q.id',
        values: [arrayText(away.map(({ id }) => id)), arrayText(away.map(({ part }) => part))],
      },
      questions: away.map(({ question }) => question),
      read: (rows) => ({
        found: away.map(({ question }, place) => ({
          question,
          rows: rows.filter(([n]) => n === place + 1).map((row) => this.row('command', row, 2)),
        })),
        away: [],
      }),
    }
  }

  /**
   * The terminals of these commands, before anybody asks: whoever asks for a command asks for its terminal
   * next, and that would be a trip of its own.
   */
  askTerminalsOf(commands: { readonly ids: string; readonly uuids: string }): Asked {
    return {
      statement: {
        name: 'terminals',
        text:
          `select ${this.#list('terminal', 't')} from (select terminal_id from command_key where id = any ($1::bigint[]) ` +
          'union select terminal_id from command_key where uuid = any ($2::bytea[])) as k ' +
          'join terminal t on t.id = k.terminal_id',
        values: [commands.ids, commands.uuids],
      },
      questions: [],
      read: (rows) => ({
        found: rows.map((cells) => {
          const row = this.row('terminal', cells, 0)
          return {
            question: { ask: 'one', table: 'terminal', where: { id: row['id'] ?? 0 } },
            rows: [row],
          }
        }),
        away: [],
      }),
    }
  }

  /** A row out of the cells from `first` on. */
  row(table: TableName, cells: readonly unknown[], first: number): Row {
    let template = this.#templates.get(table)
    if (template === undefined) {
      template = rowTemplate(table)
      this.#templates.set(table, template)
    }
    const row = { ...template }
    let place = first
    for (const column in template) {
      row[column] = cells[place] as Cell
      place += 1
    }
    return row
  }

  #asked(key: string, questions: readonly Question[]): Asked {
    const [first] = questions
    if (first === undefined) throw new Error('a shape without a question')
    const shape = this.#shapes.get(key) ?? this.#shape(key, first)
    const values = shape.bound.map((column) =>
      arrayText(questions.map(({ where }) => where[column])),
    )
    const { name, text } = shape
    const isKept = this.#shapes.size <= postgresLimits.statementsPreparedMax
    return {
      statement: { text, values, ...(isKept ? { name } : {}) },
      questions,
      read: (rows) => this.#read(first.table, questions, rows),
    }
  }

  #read(table: TableName, questions: readonly Question[], rows: Rows): ReturnType<Asked['read']> {
    const lists: Row[][] = questions.map(() => [])
    const away: Away[] = []
    for (const cells of rows) {
      const place = (cells[0] as number) - 1
      const question = questions[place]
      const list = lists[place]
      if (question === undefined || list === undefined) continue
      const [, part, id] = cells as readonly number[]
      if (table === 'command' && part !== undefined && part !== 0 && id !== undefined) {
        away.push({ question, id, part })
        continue
      }
      list.push(this.row(table, cells, 3))
    }
    const gone = new Set(away.map(({ question }) => question))
    return {
      found: questions.flatMap((question, place) =>
        gone.has(question) ? [] : [{ question, rows: lists[place] ?? [] }],
      ),
      away,
    }
  }

  #list(table: TableName, from: string): string {
    return columnNames(table)
      .map((column) => `${from}.${quoted(column)}`)
      .join(', ')
  }

  #shape(key: string, question: Question): Shape {
    const { table, where } = question
    const bound = boundOf(where)
    if (bound.length === 0) throw new BadShape(`a question to ${table} without a value`)
    const types = bound.map((column) => this.#types.of(table, column))
    const arrays = types.map((type, place) => `$${String(place + 1)}::${type}[]`).join(', ')
    const names = bound.map((_, place) => `a${String(place)}`).join(', ')
    const asked = `unnest(${arrays}) with ordinality as q(${names}, n)`
    const text =
      table === 'command' && question.ask === 'one'
        ? this.#commandByKey(bound, asked)
        : this.#rowsBy(question, bound, asked)
    const shape = { name: `q${String(this.#shapes.size)}`, text, bound }
    this.#shapes.set(key, shape)
    return shape
  }

  #commandByKey(bound: readonly string[], asked: string): string {
    if (bound.some((column) => column !== 'id' && column !== 'uuid')) {
      throw new BadShape(`a question for one command by ${bound.join(', ')}`)
    }
    const on = bound.map((column, place) => `k.${quoted(column)} = q.a${String(place)}`)
    return (
      `select q.n, k.part, k.id, ${this.#list('command', 'r')} from ${asked} ` +
      `join command_key k on ${on.join(' and ')} ` +
      `left join ${atHand} r on r.id = k.id where k.part <> 0 or r.id is not null`
    )
  }

  #rowsBy({ table, where, ...rest }: Question, bound: readonly string[], asked: string): string {
    const conditions = Object.keys(where).map((column) => {
      const cell = where[column]
      this.#types.of(table, column)
      if (cell === null) return `t.${quoted(column)} is null`
      return isLiteral(column, cell)
        ? `t.${quoted(column)} = ${String(cell)}`
        : `t.${quoted(column)} = q.a${String(bound.indexOf(column))}`
    })
    const tail = rest.ask === 'many' ? `order by t.id limit ${String(rest.limit)}` : 'limit 1'
    const locked = lockedTables.has(table) ? ' for update' : ''
    // Open ones lie at hand, and nowhere else.
    const place = table === 'command' && where['open'] === 1 ? atHand : quoted(table)
    return (
      `select q.n, 0, 0, ${this.#list(table, 'r')} from ${asked} cross join lateral ` +
      `(select t.* from ${place} t where ${conditions.join(' and ')} ${tail}${locked}) r`
    )
  }
}
