/**
 * An answer of a closed shape: a JSON object that names the message which it answers, with the fields that
 * were agreed and no other. So a proxy's page, or another service at that address, never passes for a yes.
 */
import { hookLimits } from './limits.js'

export type Fields = Readonly<Record<string, unknown>>

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined where it is no such answer. `detail` may always stand in it. */
export const closedAnswer = (
  body: string,
  id: string,
  known: readonly string[],
): Fields | undefined => {
  const fields = parsed(body)
  if (!isObject(fields) || fields['id'] !== id) return undefined
  const mayStand = new Set(['id', 'detail', ...known])
  return Object.keys(fields).every((name) => mayStand.has(name)) ? fields : undefined
}

export const isText = (value: unknown, lengthMax: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= lengthMax

/** For a log and a person: no control characters, cut off. */
export const detailOf = ({ detail }: Fields, otherwise: string): string =>
  typeof detail === 'string' && detail !== ''
    ? detail.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, hookLimits.detailLengthMax)
    : otherwise
