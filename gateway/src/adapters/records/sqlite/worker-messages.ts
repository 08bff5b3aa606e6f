/**
 * What passes between the main thread and the worker that owns the database. Plain data: errors
 * travel as their fields and are made anew on the other side.
 */
import { RecordsUnavailable } from '../../../core/ports/records.js'
import { OperationBug, type OperationBugCode } from './operation-bug.js'
import type { RefusedCode } from './refused.js'
import type { GroupItem } from './run-group.js'

export interface WorkerStart {
  readonly file: string
  readonly nowMs: number
}

export type ToWorker =
  | { readonly kind: 'group'; readonly items: readonly GroupItem[] }
  | { readonly kind: 'reads'; readonly items: readonly GroupItem[] }
  | { readonly kind: 'recover' }
  | { readonly kind: 'close' }

export type WireAnswer =
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'bug'; readonly bug: WireBug }
  | { readonly kind: 'unavailable' }

export interface WireBug {
  readonly code: OperationBugCode
  readonly operation: string
  readonly detail: string
  readonly constraint?: string
  readonly stack?: string
}

export type FromWorker =
  | { readonly kind: 'opened' }
  | {
      readonly kind: 'refused'
      readonly code: RefusedCode | undefined
      readonly message: string
    }
  | {
      readonly kind: 'answers'
      readonly answers: readonly WireAnswer[]
      /** The store failed; nothing more is run until it has recovered. */
      readonly failure?: string
    }
  | { readonly kind: 'found'; readonly answers: readonly WireAnswer[] }
  | { readonly kind: 'failed'; readonly failure: string }
  | { readonly kind: 'recovered' }
  | { readonly kind: 'closed' }

export const wireBug = (bug: OperationBug): WireBug => ({
  code: bug.code,
  operation: bug.operation,
  detail: bug.message.slice(bug.operation.length + 2),
  ...(bug.constraint === undefined ? {} : { constraint: bug.constraint }),
  ...(bug.cause instanceof Error && bug.cause.stack !== undefined
    ? { stack: bug.cause.stack }
    : {}),
})

export const errorOf = (
  answer: Exclude<WireAnswer, { kind: 'result' }>,
  failure: string | undefined,
): Error => {
  if (answer.kind === 'unavailable')
    return new RecordsUnavailable(failure ?? 'the store has failed')
  const { code, operation, detail, constraint, stack } = answer.bug
  return new OperationBug(code, operation, detail, { constraint, cause: stack })
}
