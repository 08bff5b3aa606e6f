/**
 * How a live socket ends: a close code, and a reason that begins with one word for programs. Codes from
 * 4000 are 4000 and the HTTP status that the same refusal would have had.
 */
import { httpStatusOf } from '@tillgate/protocol'
import type { ApiProblem } from '../problems/problem.js'

export interface Ending {
  readonly code: number
  readonly word: string
}

/** RFC 6455 §7.4.1 and its registry. */
export const endings = {
  draining: { code: 1012, word: 'DRAINING' },
  stopped: { code: 1001, word: 'STOPPED' },
  tokenEnded: { code: 4401, word: 'UNAUTHENTICATED' },
  unexpectedMessage: { code: 4400, word: 'VALIDATION' },
  untaken: { code: 4408, word: 'TOO_SLOW' },
} as const satisfies Readonly<Record<string, Ending>>

const internal = 1011
const tryAgain = 1013
const privateCodes = 4_000

export const endingOf = ({ code }: ApiProblem): Ending => {
  const status = httpStatusOf(code)
  if (status === 503) return { code: tryAgain, word: code }
  return { code: status >= 500 ? internal : privateCodes + status, word: code }
}

export const knownEndings: ReadonlySet<number> = new Set([
  1000, 1001, 1002, 1003, 1005, 1006, 1007, 1009, 1011, 1012, 1013, 4400, 4401, 4403, 4404, 4408,
  4429,
])
