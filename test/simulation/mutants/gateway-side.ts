/** Wrapping what the gateway is made of: an operation of its catalogue, a call to its records. */
import type {
  BindingRow,
  CommandRow,
  InputOf,
  OperationName,
  Operations,
  Queries,
  QueryName,
  Records,
  ResultOf,
  TerminalRow,
  Write,
} from '@tillgate/gateway'

export type RowsOf<N extends OperationName> = Parameters<Operations[N]['decide']>[0]

export interface DecisionOf<N extends OperationName> {
  readonly writes: readonly Write[]
  readonly result: ResultOf<N>
}

export type Decide<N extends OperationName> = (rows: RowsOf<N>, input: InputOf<N>) => DecisionOf<N>

/** The catalogue with one operation that decides otherwise. */
export const deciding = <N extends OperationName>(
  name: N,
  otherwise: (own: Decide<N>, rows: RowsOf<N>, input: InputOf<N>) => DecisionOf<N>,
): ((own: Operations) => Operations) => {
  return (own) => {
    const right = own[name]
    const decide = right.decide as unknown as Decide<N>
    return {
      ...own,
      [name]: {
        ...right,
        decide: (rows: RowsOf<N>, input: InputOf<N>) => otherwise(decide, rows, input),
      },
    }
  }
}

/** One change after the other. */
export const both =
  (...changes: readonly ((own: Operations) => Operations)[]): ((own: Operations) => Operations) =>
  (own) =>
    changes.reduce((operations, change) => change(operations), own)

type Moved = Extract<ResultOf<'claim-command'>, { readonly ok: true }>

/** The answer of an operation that moved a command; whoever claims or commits looks at its place alone. */
export const movedTo = (
  commandId: number,
  place: Pick<Moved['standing'], 'state' | 'phase'>,
): Moved => ({
  ok: true,
  moved: true,
  standing: {
    commandId,
    terminalId: 0,
    type: 0,
    destructive: 0,
    bindingEpoch: 0,
    open: 1,
    ...place,
  },
})

interface CommandRows {
  readonly command: CommandRow | undefined
}

/** As if this stood in the command's row. */
export const asIf = <R extends CommandRows>(rows: R, part: Partial<CommandRow>): R =>
  rows.command === undefined ? rows : { ...rows, command: { ...rows.command, ...part } }

interface Columns {
  readonly command: CommandRow
  readonly binding: BindingRow
  readonly terminal: TerminalRow
}

/** The same writes, with other values in the updates of one table. */
export const updating = <T extends keyof Columns>(
  writes: readonly Write[],
  table: T,
  change: (set: Partial<Columns[T]>) => Partial<Columns[T]>,
): readonly Write[] =>
  writes.map((write) =>
    write.write === 'update' && write.table === table
      ? { ...write, set: change(write.set as Partial<Columns[T]>) as typeof write.set }
      : write,
  )

/** The same writes, with these values in every update of one table. */
export const setting = <T extends keyof Columns>(
  writes: readonly Write[],
  table: T,
  part: Partial<Columns[T]>,
): readonly Write[] => updating(writes, table, (set) => ({ ...set, ...part }))

/** The records, with one operation submitted otherwise. */
export const submitting = <N extends OperationName>(
  own: Records,
  name: N,
  otherwise: (
    input: InputOf<N>,
    submit: (input: InputOf<N>) => Promise<ResultOf<N>>,
  ) => Promise<ResultOf<N>>,
): Records => ({
  ...own,
  submit: <M extends OperationName>(asked: M, input: InputOf<M>): Promise<ResultOf<M>> =>
    asked === (name as OperationName)
      ? (otherwise(input as InputOf<N>, (one) => own.submit(name, one)) as Promise<ResultOf<M>>)
      : own.submit(asked, input),
})

/** The records, with the answer to one query seen otherwise. */
export const seeing = <N extends QueryName>(
  own: Records,
  name: N,
  otherwise: (found: Queries[N]['output']) => Queries[N]['output'],
): Records => ({
  ...own,
  read: async <M extends QueryName>(asked: M, input: Queries[M]['input']) => {
    const found = await own.read(asked, input)
    return asked === (name as QueryName)
      ? (otherwise(found as Queries[N]['output']) as Queries[M]['output'])
      : found
  },
})

/** For what is started and not waited for; the world tells of bugs by itself. */
export const unheard = (promise: Promise<unknown>): void => {
  promise.catch(() => undefined)
}
