/**
 * Problems (RFC 9457): what every refusal of this API looks like. `type` is stable for each code of
 * protocol's error catalogue. A problem never carries a stack, a statement, a path or a secret.
 */
import { errorByCode, httpStatusOf, type ErrorCode } from '@tillgate/protocol'

export interface FieldFault {
  /** As the request names it: `mid`, `parameters.reason`, `limit`, `Idempotency-Key`. */
  readonly field: string
  readonly rule: string
}

export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ErrorCode
  readonly detail?: string
  readonly requestId: string
  readonly errors?: readonly FieldFault[]
}

export interface ProblemParts {
  readonly detail?: string
  readonly errors?: readonly FieldFault[]
  readonly headers?: Readonly<Record<string, string>>
}

export const problemMediaType = 'application/problem+json'
export const problemType = (code: ErrorCode): string => `urn:tillgate:problem:${code}`

/** Thrown by gate and routes, caught by the error handler; nothing else makes an answer from it. */
export class ApiProblem extends Error {
  readonly code: ErrorCode
  readonly parts: ProblemParts
  constructor(code: ErrorCode, parts: ProblemParts = {}) {
    super(code)
    this.name = 'ApiProblem'
    this.code = code
    this.parts = parts
  }
}

export const problem = (code: ErrorCode, parts?: ProblemParts): ApiProblem =>
  new ApiProblem(code, parts)

export const invalidField = (field: string, rule: string): ApiProblem =>
  problem('VALIDATION', { errors: [{ field, rule }] })

/** What a path or a field names does not exist, or not for this token. */
export const notFound = (field: string, what: string): ApiProblem =>
  problem('NOT_FOUND', { errors: [{ field, rule: `names no ${what}` }] })

export interface Refused {
  readonly code: ErrorCode
  readonly field?: string
  /** The rule that the field broke, where the service knows it. */
  readonly rule?: string
  readonly detail?: string
}

/**
 * An expected refusal of an operation or a service, as a problem. `fields` says which field of the
 * request a code is about where the refusal itself does not.
 */
export const refusal = (
  refused: Refused,
  fields: Readonly<Partial<Record<ErrorCode, string>>> = {},
): ApiProblem => {
  const field = refused.field ?? fields[refused.code] ?? usualFields[refused.code]
  return problem(refused.code, {
    ...(refused.detail === undefined ? {} : { detail: refused.detail }),
    ...(field === undefined
      ? {}
      : { errors: [{ field, rule: refused.rule ?? errorByCode(refused.code).meaning }] }),
  })
}

/** The field that a code is always about. */
const usualFields: Readonly<Partial<Record<ErrorCode, string>>> = {
  IDEMPOTENCY_MISMATCH: 'Idempotency-Key',
}

export const toDocument = (
  code: ErrorCode,
  parts: ProblemParts,
  requestId: string,
): ProblemDocument => ({
  type: problemType(code),
  title: errorByCode(code).meaning,
  status: httpStatusOf(code),
  code,
  requestId,
  ...(parts.detail === undefined ? {} : { detail: parts.detail }),
  ...(parts.errors === undefined ? {} : { errors: parts.errors }),
})
