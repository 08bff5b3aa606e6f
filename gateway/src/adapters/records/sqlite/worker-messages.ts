/**
 * What passes between the main thread and a worker that has the database open. Plain data: errors
 * travel as their fields and are made anew on the other side. A batch is answered as one, in turn.
 */
import { RecordsUnavailable } from '../../../core/ports/records.js'
import type { Settled } from '../batch-queue.js'
import { OperationBug, type OperationBugCode } from '../operation-bug.js'
import type { RefusedCode } from '../refused.js'
import type { Answer, GroupItem } from '../group.js'

export interface WorkerStart {
  readonly file: string
  readonly nowMs: number
}

export type ToWorker =
  /** The items as packed values, or as they are where they can't be packed. */
  | { readonly kind: 'packed'; readonly items: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'batch'; readonly items: readonly GroupItem[] }
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
  | { readonly kind: 'refused'; readonly code: RefusedCode | undefined; readonly message: string }
  | {
      readonly kind: 'answers'
      /** Packed, where they can be. */
      readonly answers: Uint8Array<ArrayBuffer> | readonly WireAnswer[]
      /** The database failed; nothing more is run on it until it has recovered. */
      readonly failure?: string
    }
  | { readonly kind: 'failed'; readonly failure: string }
  | { readonly kind: 'recovered' }

const wireBug = (bug: OperationBug): WireBug => ({
  code: bug.code,
  operation: bug.operation,
  detail: bug.message.slice(bug.operation.length + 2),
  ...(bug.constraint === undefined ? {} : { constraint: bug.constraint }),
  ...(bug.cause instanceof Error && bug.cause.stack !== undefined
    ? { stack: bug.cause.stack }
    : {}),
})

export const wireAnswer = (answer: Answer): WireAnswer =>
  answer.kind === 'bug' ? { kind: 'bug', bug: wireBug(answer.bug) } : answer

export const settledOf = (answer: WireAnswer, failure: string | undefined): Settled => {
  switch (answer.kind) {
    case 'result':
      return { ok: true, value: answer.result }
    case 'unavailable':
      return { ok: false, error: new RecordsUnavailable(failure ?? 'the store has failed') }
    case 'bug': {
      const { code, operation, detail, constraint, stack } = answer.bug
      return {
        ok: false,
        error: new OperationBug(code, operation, detail, { constraint, cause: stack }),
      }
    }
    default:
      return answer satisfies never
  }
}
