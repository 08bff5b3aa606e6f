/**
 * The queries as one dialect says them: text and parameters, made once per query and shape. The shape
 * is the query's name with the filters that are present and the choice of index.
 */
import type { QueryName } from '../../core/queries/queries.js'
import { queryTable } from './query-table.js'
import { Parameter, type Dialect, type QueryDefinition, type Row } from './query.js'

/** A query whose input's type is known only to whoever asks. */
type LooseQuery = QueryDefinition<QueryName>

export interface QueryShape {
  /** Names it among all shapes. */
  readonly key: string
  readonly text: string
  readonly isPlain: boolean
  /** What the parameters of the text stand for, in order. */
  cells(input: unknown): unknown[]
  answer(rows: readonly Row[]): unknown
}

const parametersOf = (list: readonly unknown[]): readonly Parameter[] =>
  list.map((item) => (item instanceof Parameter ? item : new Parameter('', () => item)))

export class QueryShapes {
  readonly #dialect: Dialect
  readonly #cache = new Map<string, QueryShape>()

  constructor(dialect: Dialect) {
    this.#dialect = dialect
  }

  /** Throws where there is no such query. */
  of(name: string, input: unknown): QueryShape {
    if (!Object.hasOwn(queryTable, name)) throw new Error('there is no such query')
    const query = queryTable[name as QueryName] as unknown as LooseQuery
    const values = input as Row
    const present = (query.filters ?? []).filter((filter) => values[filter] !== undefined)
    const choice = query.choice?.(input as never) ?? ''
    const key = `${name} ${present.join()} ${choice}`
    return this.#cache.get(key) ?? this.#make(key, query, present, choice)
  }

  #make(key: string, query: LooseQuery, present: readonly string[], choice: string): QueryShape {
    const built = query.build(this.#dialect, (filter) => present.includes(filter), choice)
    const { sql: text, parameters } = this.#dialect.compile(built.toOperationNode())
    const stands = parametersOf(parameters)
    const shape: QueryShape = {
      key,
      text,
      isPlain: query.isPlain === true,
      cells: (input) => stands.map((one) => one.encode((input as Row)[one.name])),
      answer: (rows) => query.answer(rows),
    }
    this.#cache.set(key, shape)
    return shape
  }
}
