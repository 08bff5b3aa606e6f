/**
 * The kernel of the records: an operation is two pure functions. `load` asks for rows, in stages;
 * `decide` looks at them and at the input and says what to write and what to answer. Whoever runs it
 * (a SQLite worker, a PostgreSQL batch, the simulation) supplies the rows, performs the writes and
 * commits; it never decides. Inputs, rows and results can be structured-cloned; time, ids and chance
 * are inputs.
 *
 * `load` is a generator so that a dialect may answer it its own way: SQLite answers each question with
 * a prepared statement at once; PostgreSQL runs all operations of a group in lockstep and answers
 * each stage of them with one batch, so that a group costs a fixed number of round trips.
 */
import type { Insertable, RowOf, TableName } from '../records/tables.js'

/** A question for rows by equality, along an index that the migrations declare. */
export type Ask =
  | { readonly ask: 'one'; readonly table: TableName; readonly where: Where }
  | {
      readonly ask: 'many'
      readonly table: TableName
      readonly where: Where
      /** Ordered by id. */
      readonly limit: number
    }
  /** A fresh integer key, so that rows written together can name each other. */
  | { readonly ask: 'id'; readonly table: TableName }
  /** Several at once, none of which needs the answer to another; answered as a list in their order. */
  | { readonly ask: 'all'; readonly asks: readonly Ask[] }

export type Where = Readonly<Record<string, Cell>>
export type Cell = string | number | Uint8Array | null

export type Load<Rows> = Generator<Ask, Rows, unknown>

export function* one<T extends TableName>(
  table: T,
  where: Partial<RowOf<T>>,
): Generator<Ask, RowOf<T> | undefined, unknown> {
  return (yield { ask: 'one', table, where: where as Where }) as RowOf<T> | undefined
}

export function* many<T extends TableName>(
  table: T,
  where: Partial<RowOf<T>>,
  limit: number,
): Generator<Ask, readonly RowOf<T>[], unknown> {
  return (yield { ask: 'many', table, where: where as Where, limit }) as readonly RowOf<T>[]
}

export function* freshId(table: TableName): Generator<Ask, number, unknown> {
  return (yield { ask: 'id', table }) as number
}

type Answered<L> = { -readonly [K in keyof L]: L[K] extends Load<infer Rows> ? Rows : never }

/**
 * Loads that don't wait for each other, asked side by side: a dialect that pays by the round trip pays
 * as many as the longest of them has stages, not their sum.
 */
export function* together<L extends Readonly<Record<string, Load<unknown>>>>(
  loads: L,
): Load<Answered<L>> {
  const answered: Record<string, unknown> = {}
  let open: { name: string; load: Load<unknown>; ask: Ask }[] = []
  const go = (name: string, load: Load<unknown>, answer?: unknown): void => {
    const step = load.next(answer)
    if (step.done === true) answered[name] = step.value
    else open.push({ name, load, ask: step.value })
  }
  for (const name in loads) go(name, loads[name] as Load<unknown>)
  while (open.length > 0) {
    const asked = open
    open = []
    const [only] = asked
    if (only !== undefined && asked.length === 1) {
      go(only.name, only.load, yield only.ask)
      continue
    }
    const answers = (yield { ask: 'all', asks: asked.map(({ ask }) => ask) }) as readonly unknown[]
    for (const [place, { name, load }] of asked.entries()) go(name, load, answers[place])
  }
  return answered as Answered<L>
}

/** No rows: the branch of a load that asks for nothing. */
// eslint-disable-next-line require-yield -- it needs no rows
export function* nothing<T>(value: T): Load<T> {
  return value
}

export type Write =
  | {
      readonly write: 'insert'
      readonly table: TableName
      readonly row: Readonly<Record<string, Cell>>
    }
  | {
      readonly write: 'update'
      readonly table: TableName
      readonly id: number
      readonly set: Readonly<Record<string, Cell>>
      /** Columns that must still have these values; if not, the runner throws: it is a bug. */
      readonly guard?: Where
    }

/** An insert; leave `id` out where nothing else names the row. */
export const insert = <T extends TableName>(table: T, row: Insertable<T>): Write => ({
  write: 'insert',
  table,
  row: row as unknown as Readonly<Record<string, Cell>>,
})

export const update = <T extends TableName>(
  table: T,
  id: number,
  set: Partial<RowOf<T>>,
  guard?: Partial<RowOf<T>>,
): Write => ({
  write: 'update',
  table,
  id,
  set: set as Readonly<Record<string, Cell>>,
  ...(guard === undefined ? {} : { guard: guard as Where }),
})

export interface Decision<Result> {
  readonly writes: readonly Write[]
  readonly result: Result
}

export interface Operation<Input, Rows, Result> {
  readonly name: string
  load(input: Input): Load<Rows>
  decide(rows: Rows, input: Input): Decision<Result>
}

/** Keeps the three types together; adds nothing. */
export const operation = <Input, Rows, Result>(
  definition: Operation<Input, Rows, Result>,
): Operation<Input, Rows, Result> => definition
