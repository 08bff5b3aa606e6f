/**
 * A group of operations in one transaction and a few round trips, whatever their number:
 *
 * 1. BEGIN, the locks of all, and what all ask for first; then each further stage of their loads in one
 *    trip (two or three in all);
 * 2. each in turn, over that picture, decides and lays its writes over it; SQL never decides. Where the
 *    picture can't answer, because an earlier one has opened another branch, one more trip asks;
 * 3. all writes and COMMIT in one trip; only then the answers.
 *
 * One that throws leaves nothing in the picture, and fails alone. Whatever a trip throws ends the whole.
 */
import type { Ask, Load, Operation, Write } from '../../../core/operations/operation.js'
import type { TableName } from '../../../core/records/tables.js'
import { BadShape, type Answer, type GroupItem, type OperationTable } from '../group.js'
import type { OperationBug } from '../operation-bug.js'
import { hasSequence, type Ids } from './ids.js'
import { postgresLimits } from './limits.js'
import { commandsOf, locksFor, lockStatement, type Lock } from './locks.js'
import { bugOf } from './pg-error.js'
import { Picture } from './picture.js'
import { nameOf, type Asked, type Question, type Questions } from './questions.js'
import type { Outcome, Session, Statement } from './session.js'
import type { WriteStatements } from './write-statements.js'

type LooseOperation = Operation<unknown, unknown, unknown>

export interface TransactionOptions {
  readonly session: Session
  readonly operations: OperationTable
  readonly questions: Questions
  readonly writes: WriteStatements
  readonly ids: Ids
}

/** What COMMIT did is not what it was asked to. */
export class NotDurable extends Error {}

/** Not the fault of the operation that was at it. */
export class TripFailed extends Error {}

/** An operation of a group, and how far its load has come. */
interface Member {
  readonly item: GroupItem
  readonly locks: readonly Lock[]
  readonly load: Load<unknown>
  step: IteratorResult<Ask, unknown>
}

export class Transaction {
  readonly #options: TransactionOptions
  readonly #ids: Ids
  readonly #items: readonly GroupItem[]
  readonly #isAlone: boolean
  readonly #picture = new Picture()
  readonly #bugs = new Map<GroupItem, OperationBug>()
  #began = false

  constructor(options: TransactionOptions, items: readonly GroupItem[], isAlone: boolean) {
    this.#options = options
    this.#ids = options.ids
    this.#items = items
    this.#isAlone = isAlone
  }

  async run(): Promise<readonly Answer[]> {
    this.#ids.begin()
    await this.#loadTogether()
    const answers: Answer[] = []
    for (const item of this.#items) {
      const answer = await this.#operate(item)
      if (answer === undefined) break
      answers.push(answer)
    }
    await this.#commit()
    return answers
  }

  /** The loads of all, stage by stage, side by side. */
  async #loadTogether(): Promise<void> {
    const members = this.#items.flatMap((item) => this.#start(item) ?? [])
    const locks = members.flatMap((member) => member.locks)
    for (let open = members; ; open = open.filter((member) => this.#isOpen(member))) {
      const needs = new Needs(this.#options.questions)
      for (const member of open) {
        if (member.step.done !== true)
          this.#guarded(member, () => needs.add(member.step.value as Ask))
      }
      const unknown = needs.questions.filter((question) => !this.#picture.look(question).known)
      if (!this.#began) await this.#open(unknown, needs, locks)
      else if (unknown.length > 0) await this.#fetch(unknown, needs.ids)
      if (open.length === 0) return
      for (const member of open) this.#guarded(member, () => this.#goOn(member))
    }
  }

  /** The first trip. */
  #open(questions: readonly Question[], needs: Needs, locks: readonly Lock[]): Promise<void> {
    const commands = commandsOf(locks)
    const ahead = commands === undefined ? [] : [this.#options.questions.askTerminalsOf(commands)]
    return this.#fetch(questions, needs.ids, { opening: this.#opening(locks), ahead })
  }

  #isOpen({ item, step }: Member): boolean {
    return step.done !== true && !this.#bugs.has(item)
  }

  #goOn(member: Member): void {
    if (!this.#isOpen(member)) return
    member.step = member.load.next(this.#preview(member.step.value as Ask))
  }

  #start(item: GroupItem): Member | undefined {
    try {
      const operation = this.#operationOf(item)
      const load = operation.load(item.input)
      return { item, load, locks: locksFor(item), step: load.next() }
    } catch (cause) {
      this.#bugs.set(item, bugOf(item.name, cause))
      return undefined
    }
  }

  #operationOf({ name }: GroupItem): LooseOperation {
    const { operations } = this.#options
    if (Object.hasOwn(operations, name)) return operations[name] as LooseOperation
    throw new BadShape('there is no such operation')
  }

  #guarded(member: Member, action: () => void): void {
    try {
      action()
    } catch (cause) {
      this.#bugs.set(member.item, bugOf(member.item.name, cause))
    }
  }

  /** As the records stand; ids come when it is decided. */
  #preview(one: Ask): unknown {
    if (one.ask === 'all') return one.asks.map((each) => this.#preview(each))
    if (one.ask === 'id') return 0
    const found = this.#picture.look(one)
    return found.known ? answerOf(one, found.rows) : answerOf(one, [])
  }

  async #operate(item: GroupItem): Promise<Answer | undefined> {
    const bug = this.#bugs.get(item)
    if (bug !== undefined) return { kind: 'bug', bug }
    try {
      const operation = this.#operationOf(item)
      const rows = await this.#load(operation, item.input)
      const { writes, result } = operation.decide(rows, item.input)
      await this.#prepare(writes)
      const events = writes.filter(({ table }) => table === 'event').length
      if (events > postgresLimits.eventsPerTransactionMax) throw new BadShape('too many events')
      if (this.#picture.events.length + events > postgresLimits.eventsPerTransactionMax) {
        return undefined
      }
      this.#picture.write(item.name, writes, (table) => this.#takeId(table))
      return { kind: 'result', result }
    } catch (cause) {
      if (cause instanceof TripFailed) throw cause.cause
      return { kind: 'bug', bug: bugOf(item.name, cause) }
    }
  }

  /** Its load once more, over the writes of those before it. */
  async #load(operation: LooseOperation, input: unknown): Promise<unknown> {
    const load = operation.load(input)
    let step = load.next()
    while (step.done !== true) {
      const needs = new Needs(this.#options.questions)
      needs.add(step.value)
      await this.#provide(needs)
      step = load.next(this.#answer(step.value))
    }
    return step.value
  }

  /** Nearly always everything is there. */
  async #provide({ questions, ids }: Needs): Promise<void> {
    for (;;) {
      const missing = questions.flatMap((question) => {
        const found = this.#picture.look(question)
        return found.known ? [] : [found.question]
      })
      const isShort = [...ids].some(([table, count]) => this.#ids.count(table) < count)
      if (missing.length === 0 && !isShort) return
      await this.#fetch(missing, ids)
    }
  }

  #answer(one: Ask): unknown {
    if (one.ask === 'all') return one.asks.map((each) => this.#answer(each))
    if (one.ask === 'id') return this.#takeId(one.table)
    const found = this.#picture.look(one)
    if (found.known) return answerOf(one, found.rows)
    throw new Error(`${one.table} was asked and did not answer`)
  }

  #takeId(table: TableName): number {
    const id = this.#ids.take(table)
    if (id === undefined) throw new Error(`no id of ${table} is ready`)
    return id
  }

  /** What its writes need and nobody has read: rows to update, ids for rows without one. */
  async #prepare(writes: readonly Write[]): Promise<void> {
    const needs = new Needs(this.#options.questions)
    for (const write of writes) {
      const question = this.#picture.unread(write)
      if (question !== undefined) needs.add(question)
      const isNameless =
        write.write === 'insert' && write.table !== 'event' && write.row['id'] === undefined
      if (isNameless) needs.add({ ask: 'id', table: write.table })
    }
    await this.#provide(needs)
  }

  /** One trip: what is unknown is asked, ids that run short are fetched. */
  async #fetch(
    questions: readonly Question[],
    wanted: ReadonlyMap<TableName, number>,
    { opening, ahead }: FirstTrip = { opening: [], ahead: [] },
  ): Promise<void> {
    const unique = new Map(questions.map((question) => [nameOf(question), question]))
    const asked = [...ahead, ...this.#options.questions.ask([...unique.values()])]
    const ids = [...wanted].flatMap(([table, count]) => {
      const statement = this.#ids.statement(table, count)
      return statement === undefined ? [] : [{ table, statement }]
    })
    const outcomes = await this.#trip([
      ...opening,
      ...ids.map(({ statement }) => statement),
      ...asked.map(({ statement }) => statement),
    ])
    for (const [place, { table }] of ids.entries()) {
      this.#ids.add(table, outcomes[opening.length + place]?.rows ?? [])
    }
    await this.#learn(asked, outcomes.slice(opening.length + ids.length))
  }

  async #learn(asked: readonly Asked[], outcomes: readonly Outcome[]): Promise<void> {
    const away = asked.flatMap((one, place) => {
      const read = one.read(outcomes[place]?.rows ?? [])
      for (const found of read.found) this.#picture.learn(found)
      return read.away
    })
    if (away.length === 0) return
    for (const one of away) this.#picture.learnPlace(one)
    const again = this.#options.questions.askAway(away)
    const [outcome] = await this.#trip([again.statement])
    for (const found of again.read(outcome?.rows ?? []).found) this.#picture.learn(found)
  }

  #opening(locks: readonly Lock[]): readonly Statement[] {
    this.#began = true
    const lock = lockStatement(locks)
    const patience = `set local lock_timeout = ${String(postgresLimits.lockAloneMs)}`
    return [
      { text: 'begin isolation level read committed' },
      ...(this.#isAlone ? [{ text: patience }] : []),
      ...(lock === undefined ? [] : [lock]),
    ]
  }

  async #commit(): Promise<void> {
    const { session, writes } = this.#options
    const { warnings } = session
    const statements = [...writes.of(this.#picture), { text: 'commit' }]
    const outcomes = await session.trip(statements)
    if (outcomes.at(-1)?.command !== 'COMMIT') throw new NotDurable('COMMIT did not commit')
    // Such as: the wait for the standby was broken off.
    if (session.warnings > warnings) throw new NotDurable('the server warned while it committed')
  }

  async #trip(statements: readonly Statement[]): Promise<readonly Outcome[]> {
    try {
      return await this.#options.session.trip(statements)
    } catch (cause) {
      throw new TripFailed('a round trip failed', { cause })
    }
  }
}

/** What only the first trip has: BEGIN and the locks, and what is asked before anybody asks. */
interface FirstTrip {
  readonly opening: readonly Statement[]
  readonly ahead: readonly Asked[]
}

/** What a stage of a load asks for. */
class Needs {
  readonly #shapes: Questions
  readonly questions: Question[] = []
  readonly ids = new Map<TableName, number>()

  constructor(shapes: Questions) {
    this.#shapes = shapes
  }

  /** Throws BadShape where it can't be asked. */
  add(one: Ask): void {
    switch (one.ask) {
      case 'all':
        for (const each of one.asks) this.add(each)
        return
      case 'id':
        if (!hasSequence(one.table)) throw new BadShape(`${one.table} has no ids to give`)
        this.ids.set(one.table, (this.ids.get(one.table) ?? 0) + 1)
        return
      case 'one':
      case 'many':
        this.#shapes.check(one)
        this.questions.push(one)
        return
      default:
        one satisfies never
    }
  }
}

const answerOf = (one: Question, rows: readonly unknown[]): unknown =>
  one.ask === 'one' ? rows[0] : rows
