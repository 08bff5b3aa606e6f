/**
 * An operation or a query that did what it must never do: it threw, wrote what a constraint forbids,
 * or wrote over a row that was not as it had read it. Its caller gets this; the others of its group
 * do not notice.
 */
export type OperationBugCode =
  | 'CONSTRAINT' // `constraint` names it, as far as SQLite does
  | 'GUARD' // a guarded update found another value, or no row
  | 'SHAPE' // an unknown table or column, an undefined value, a question without an index
  | 'THREW'

export class OperationBug extends Error {
  readonly code: OperationBugCode
  readonly operation: string
  readonly constraint: string | undefined
  constructor(
    code: OperationBugCode,
    operation: string,
    detail: string,
    options: { readonly constraint?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(`${operation}: ${detail}`, 'cause' in options ? { cause: options.cause } : undefined)
    this.name = 'OperationBug'
    this.code = code
    this.operation = operation
    this.constraint = options.constraint
  }
}
