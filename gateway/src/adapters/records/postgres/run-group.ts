/**
 * Runs groups of operations, each in one transaction (`transaction.ts`). Where the records refuse the
 * writes, or a race is lost, the transaction is rolled back and the group runs again, then each by itself,
 * so that the guilty one alone fails. If the server or the connection fails, all get `unavailable`: what
 * became of them is unknown, and no success is ever answered.
 */
import type { Answer, GroupItem } from '../group.js'
import { postgresLimits } from './limits.js'
import { bugOf, faultOf, isHeldByOthers } from './pg-error.js'
import { Ids } from './ids.js'
import { NotDurable, Transaction, TripFailed, type TransactionOptions } from './transaction.js'

export interface GroupOutcome {
  /** One per item, in order. */
  readonly answers: readonly Answer[]
  /** Set where the server or the connection failed. */
  readonly failure?: unknown
}

type Attempt =
  | { readonly kind: 'committed'; readonly answers: readonly Answer[] }
  | { readonly kind: 'undone'; readonly cause: unknown }
  | { readonly kind: 'failed'; readonly cause: unknown }

export class GroupRunner {
  readonly #options: Omit<TransactionOptions, 'ids'>
  readonly #ids = new Ids()

  constructor(options: Omit<TransactionOptions, 'ids'>) {
    this.#options = options
  }

  async run(items: readonly GroupItem[]): Promise<GroupOutcome> {
    const attempt = await this.#try(items, false)
    if (attempt.kind === 'failed') return failed(items.length, attempt.cause)
    if (attempt.kind === 'undone') return this.#runSingly(items)
    const { answers } = attempt
    if (answers.length === items.length) return { answers }
    // The transaction had no room for the rest.
    const rest = await this.run(items.slice(answers.length))
    return { ...rest, answers: [...answers, ...rest.answers] }
  }

  async #runSingly(items: readonly GroupItem[]): Promise<GroupOutcome> {
    const answers: Answer[] = []
    for (const item of items) {
      const alone = await this.#try([item], true)
      if (alone.kind === 'failed') {
        const rest = failed(items.length - answers.length, alone.cause)
        return { answers: [...answers, ...rest.answers], failure: alone.cause }
      }
      if (alone.kind === 'committed') answers.push(...alone.answers)
      else if (isHeldByOthers(alone.cause)) answers.push({ kind: 'unavailable' })
      else answers.push({ kind: 'bug', bug: bugOf(item.name, alone.cause) })
    }
    return { answers }
  }

  /** Again while it may go well, so often. */
  async #try(items: readonly GroupItem[], isAlone: boolean): Promise<Attempt> {
    for (let tries = 1; ; tries += 1) {
      const attempt = await this.#attempt(items, isAlone)
      if (!mayGoWell(attempt) || tries >= postgresLimits.groupTriesMax) return attempt
    }
  }

  async #attempt(items: readonly GroupItem[], isAlone: boolean): Promise<Attempt> {
    try {
      const transaction = new Transaction({ ...this.#options, ids: this.#ids }, items, isAlone)
      return { kind: 'committed', answers: await transaction.run() }
    } catch (error) {
      const cause = error instanceof TripFailed ? error.cause : error
      if (cause instanceof NotDurable || faultOf(cause) === 'store') {
        return { kind: 'failed', cause }
      }
      return this.#rollBack(cause)
    }
  }

  async #rollBack(cause: unknown): Promise<Attempt> {
    try {
      await this.#options.session.run('rollback')
      return { kind: 'undone', cause }
    } catch (lost) {
      return { kind: 'failed', cause: lost }
    }
  }
}

const mayGoWell = (attempt: Attempt): boolean =>
  attempt.kind === 'undone' && faultOf(attempt.cause) === 'race'

const failed = (count: number, failure: unknown): GroupOutcome => ({
  answers: Array.from({ length: count }, (): Answer => ({ kind: 'unavailable' })),
  failure,
})
