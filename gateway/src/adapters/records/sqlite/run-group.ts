/**
 * Runs a group of operations in one transaction: BEGIN; for each in turn its questions, its decision,
 * its writes; COMMIT; and only then the answers. Each operation sees the writes of those before it.
 *
 * If one throws, everything is rolled back and each is run in a transaction of its own, so that the
 * guilty one alone fails. If the store fails (COMMIT, ROLLBACK, disk), all that has no answer gets
 * `unavailable`: what became of it is unknown, and no success is ever answered.
 */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite'
import type { Ask, Operation, Write } from '../../../core/operations/operation.js'
import type { TableName } from '../../../core/records/tables.js'
import { BadShape, type Answer, type GroupItem, type OperationTable } from '../group.js'
import { sqliteLimits } from './limits.js'
import { OperationBug } from '../operation-bug.js'
import { constraintOf, isStoreFault } from './sqlite-error.js'
import { RowMemory } from './row-memory.js'
import { Statements } from './statements.js'

export interface GroupOutcome {
  /** One per item, in order. */
  readonly answers: readonly Answer[]
  /** Set where the store failed: nothing more may be run before it has recovered. */
  readonly failure?: unknown
  readonly rowsWritten: number
}

/** The store failed under an operation: not its fault. */
class StoreFailed extends Error {}

type LooseOperation = Operation<unknown, unknown, unknown>

export class GroupRunner {
  readonly #operations: OperationTable
  readonly #db: DatabaseSyncInstance
  readonly #statements: Statements
  readonly #begin: StatementSyncInstance
  readonly #commit: StatementSyncInstance
  readonly #nextIds = new Map<TableName, number>()
  readonly #memory = new RowMemory()
  #rowsWritten = 0

  constructor(db: DatabaseSyncInstance, operations: OperationTable) {
    this.#db = db
    this.#operations = operations
    this.#statements = new Statements(db)
    this.#begin = db.prepare('begin immediate')
    this.#commit = db.prepare('commit')
  }

  run(items: readonly GroupItem[]): GroupOutcome {
    this.#rowsWritten = 0
    const together = this.#attempt(items)
    if (together.kind === 'committed') return this.#outcome(together.answers)
    if (together.kind === 'failed') return this.#outcome(unavailable(items.length), together.cause)
    return items.length === 1
      ? this.#outcome([{ kind: 'bug', bug: together.bug }])
      : this.#runSingly(items)
  }

  /** After the rows have been replaced under it (wipe). */
  forget(): void {
    this.#nextIds.clear()
    this.#memory.forget()
  }

  #outcome(answers: readonly Answer[], failure?: unknown): GroupOutcome {
    const rowsWritten = this.#rowsWritten
    return failure === undefined ? { answers, rowsWritten } : { answers, rowsWritten, failure }
  }

  #runSingly(items: readonly GroupItem[]): GroupOutcome {
    const answers: Answer[] = []
    for (const item of items) {
      const alone = this.#attempt([item])
      if (alone.kind === 'failed') {
        const rest = unavailable(items.length - answers.length)
        return this.#outcome([...answers, ...rest], alone.cause)
      }
      if (alone.kind === 'committed') answers.push(...alone.answers)
      else answers.push({ kind: 'bug', bug: alone.bug })
    }
    return this.#outcome(answers)
  }

  #attempt(items: readonly GroupItem[]): Attempt {
    try {
      this.#begin.run()
    } catch (cause) {
      return { kind: 'failed', cause }
    }
    const answers: Answer[] = []
    for (const item of items) {
      try {
        answers.push({ kind: 'result', result: this.#operate(item) })
      } catch (cause) {
        return this.#undo(item, cause)
      }
    }
    try {
      this.#commit.run()
    } catch (cause) {
      this.#rollBack()
      return { kind: 'failed', cause }
    }
    return { kind: 'committed', answers }
  }

  #undo(item: GroupItem, cause: unknown): Attempt {
    const failedRollBack = this.#rollBack()
    if (failedRollBack !== undefined) return { kind: 'failed', cause: failedRollBack }
    if (cause instanceof StoreFailed) return { kind: 'failed', cause: cause.cause }
    return { kind: 'bug', bug: bugOf(item.name, cause) }
  }

  /** SQLite has already rolled back by itself after some failures (disk full). */
  #rollBack(): unknown {
    this.forget()
    try {
      if (this.#db.isTransaction) this.#db.exec('rollback')
      return undefined
    } catch (cause) {
      return cause
    }
  }

  #operate(item: GroupItem): unknown {
    const operation = Object.hasOwn(this.#operations, item.name)
      ? (this.#operations[item.name] as LooseOperation)
      : undefined
    if (operation === undefined) throw new BadShape('there is no such operation')
    const load = operation.load(item.input)
    let step = load.next()
    while (step.done !== true) step = load.next(this.#answer(step.value))
    const { writes, result } = operation.decide(step.value, item.input)
    for (const write of writes) this.#write(item.name, write)
    return result
  }

  #answer(ask: Ask): unknown {
    try {
      switch (ask.ask) {
        case 'one':
          return this.#one(ask)
        case 'many':
          return this.#statements.many(ask.table, ask.where, rowLimit(ask.limit))
        case 'id':
          return this.#takeId(ask.table)
        case 'all':
          return ask.asks.map((each) => this.#answer(each))
        default:
          return ask satisfies never
      }
    } catch (error) {
      throw storeFailedOr(error)
    }
  }

  #one({ table, where }: Extract<Ask, { ask: 'one' }>): unknown {
    const found = this.#memory.find(table, where)
    if (found !== undefined) return found
    const row = this.#statements.one(table, where)
    this.#memory.read(table, row)
    return row
  }

  #write(name: string, write: Write): void {
    try {
      this.#rowsWritten += 1
      if (write.write === 'insert') {
        const given = write.row['id']
        const id =
          typeof given === 'number' ? this.#useId(write.table, given) : this.#takeId(write.table)
        this.#statements.insert(write.table, write.row, id)
        this.#memory.inserted(write.table, write.row, id)
        return
      }
      const { table, id, set, guard } = write
      if (this.#statements.update(table, id, set, guard ?? {}) === 1) {
        this.#memory.updated(table, id, set)
        return
      }
    } catch (error) {
      throw storeFailedOr(error)
    }
    throw new OperationBug(
      'GUARD',
      name,
      `${write.table} ${String(write.id)} is not as it was read`,
    )
  }

  /** Every row gets its key here, so that a key asked for beforehand and one given later never meet. */
  #takeId(table: TableName): number {
    const id = this.#nextIds.get(table) ?? this.#statements.maxId(table) + 1
    this.#nextIds.set(table, id + 1)
    return id
  }

  #useId(table: TableName, id: number): number {
    const next = this.#nextIds.get(table) ?? this.#statements.maxId(table) + 1
    if (id >= next) this.#nextIds.set(table, id + 1)
    return id
  }
}

type Attempt =
  | { readonly kind: 'committed'; readonly answers: readonly Answer[] }
  | { readonly kind: 'bug'; readonly bug: OperationBug }
  | { readonly kind: 'failed'; readonly cause: unknown }

const unavailable = (count: number): readonly Answer[] =>
  Array.from({ length: count }, (): Answer => ({ kind: 'unavailable' }))

const rowLimit = (limit: number): number => {
  if (Number.isInteger(limit) && limit > 0 && limit <= sqliteLimits.askRowsMax) return limit
  throw new BadShape(`a limit of ${String(limit)} rows`)
}

const storeFailedOr = (error: unknown): unknown =>
  isStoreFault(error) ? new StoreFailed('the store failed', { cause: error }) : error

const bugOf = (name: string, cause: unknown): OperationBug => {
  if (cause instanceof OperationBug) return cause
  const detail = cause instanceof Error ? cause.message : String(cause)
  const constraint = constraintOf(cause)
  if (constraint !== undefined) {
    return new OperationBug('CONSTRAINT', name, detail, { constraint, cause })
  }
  return new OperationBug(cause instanceof BadShape ? 'SHAPE' : 'THREW', name, detail, { cause })
}
