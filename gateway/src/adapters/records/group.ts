/** What a group of operations is, for whoever runs one: its items, what they name, what each is answered. */
import type { Decision, Load } from '../../core/operations/operation.js'
import type { OperationBug } from './operation-bug.js'

/** An operation whose types are known only to whoever submits it. */
export interface AnyOperation {
  readonly name: string
  load(input: never): Load<unknown>
  decide(rows: never, input: never): Decision<unknown>
}
export type OperationTable = Readonly<Record<string, AnyOperation>>

export interface GroupItem {
  readonly name: string
  readonly input: unknown
}

export type Answer =
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'bug'; readonly bug: OperationBug }
  | { readonly kind: 'unavailable' }

/** A shape that no statement can be made of; the runner turns it into an OperationBug. */
export class BadShape extends Error {}
