// The error catalogue as data: what is refused, here or over HTTP, is refused with one of these.
// Numbers are the wire's (`Refused.code`, `Result.code`, `Alarm.code`, `Status.code`): once
// published a number keeps its meaning for ever; a code that is given up leaves a hole.
// README.md §13 prints this table; a test compares both.
import { apiErrors } from './api-errors.js'
import { gatewayErrors } from './gateway-errors.js'
import { peopleErrors } from './people-errors.js'
import { terminalErrors } from './terminal-errors.js'

/** no: never. short: seconds. later: minutes to hours. reissue: a new command or attempt.
 *  human: after a person acted. update: after a newer firmware or signer list. */
export type Retry = 'no' | 'short' | 'later' | 'reissue' | 'human' | 'update'

/** wire: said by a terminal. gateway: found by the gateway about an uplink. api: over HTTP. */
export type Audience = 'wire' | 'gateway' | 'api' | 'both'

export interface CatalogueShape {
  readonly code: string
  readonly number: number
  readonly meaning: string
  readonly zh: string
  readonly retry: Retry
  /** Someone should look: an attack, a restored database, a broken device. */
  readonly alarm: boolean
  /** Undefined where it is never the answer to an HTTP request. */
  readonly http: number | undefined
  readonly audience: Audience
}

const entries = [...terminalErrors, ...gatewayErrors, ...apiErrors, ...peopleErrors] as const

export type ErrorCode = (typeof entries)[number]['code']

export interface CatalogueEntry extends CatalogueShape {
  readonly code: ErrorCode
}

export const catalogue: readonly CatalogueEntry[] = entries

const byCode = new Map<string, CatalogueEntry>(catalogue.map((entry) => [entry.code, entry]))
const byNumber = new Map<number, CatalogueEntry>(catalogue.map((entry) => [entry.number, entry]))

export const isErrorCode = (text: string): text is ErrorCode => byCode.has(text)

export const errorByCode = (code: ErrorCode): CatalogueEntry => {
  const entry = byCode.get(code)
  if (entry === undefined) throw new Error(`not in the catalogue: ${code}`)
  return entry
}

/** Undefined for a number that a newer peer may know. */
export const errorByNumber = (number: number): CatalogueEntry | undefined => byNumber.get(number)

export const errorNumber = (code: ErrorCode): number => errorByCode(code).number

/** For a problem document; a code that has no status of its own is our fault when it gets there. */
export const httpStatusOf = (code: ErrorCode): number => errorByCode(code).http ?? 500
