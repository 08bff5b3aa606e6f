/**
 * What the host's HTTP answer means. Strict: only an answer that names what was asked for counts,
 * so that a proxy's page, or another service on that address, never passes for the switch.
 */
import type { HostAnswer, HostCall, TidRef, TidView } from '../../../core/ports/host.js'
import { httpsHostLimits } from './limits.js'

interface HttpAnswer {
  readonly status: number
  readonly body: string
}

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (body: string): Fields => {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : {}
  } catch {
    return {}
  }
}

const detailOf = (status: number, fields: Fields): string => {
  const { detail } = fields
  const text = typeof detail === 'string' ? `${String(status)}: ${detail}` : String(status)
  return text.slice(0, httpsHostLimits.detailLengthMax)
}

const names = (fields: Fields, { acquirerCode, mid, tid }: TidRef): boolean =>
  fields['acquirerCode'] === acquirerCode && fields['mid'] === mid && fields['tid'] === tid

const isTidState = (value: unknown): value is 'open' | 'blocked' =>
  value === 'open' || value === 'blocked'

/** Codes that the core knows count; of what it does not know it can't say whether it may wait. */
const obstaclesOf = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.length <= httpsHostLimits.obstaclesMax
    ? value.filter((code): code is string => typeof code === 'string')
    : undefined

/** Both: the status, and the host's own word for it. A proxy's 404 is not an unknown TID. */
const refusalFrom = (status: number, fields: Fields) => {
  const detail = detailOf(status, fields)
  if (status === 404 && fields['code'] === 'unknown-tid') {
    return { ok: false, code: 'unknown-tid', detail } as const
  }
  return { ok: false, code: 'unavailable', detail } as const
}

/** Clear refusals of this very call; anything else that is 4xx may be repaired by configuration. */
const isRefused = (status: number, fields: Fields): boolean =>
  (status === 400 && fields['code'] === 'bad-field') ||
  (status === 409 && fields['code'] === 'number-reused')

export const answerFrom = (
  verb: 'block' | 'unblock',
  call: HostCall,
  { status, body }: HttpAnswer,
): HostAnswer => {
  const fields = fieldsOf(body)
  const detail = detailOf(status, fields)
  if (status === 200) {
    const expected = verb === 'block' ? 'blocked' : 'open'
    const isOfCall = names(fields, call) && fields['callNumber'] === call.callNumber
    return isOfCall && fields['state'] === expected
      ? { ok: true, state: expected }
      : { ok: false, code: 'unavailable', detail: 'an answer that does not name this call' }
  }
  if (status === 409 && fields['code'] === 'stale') return { ok: false, code: 'stale', detail }
  if (isRefused(status, fields)) return { ok: false, code: 'refused', detail }
  return refusalFrom(status, fields)
}

export const viewFrom = (tid: TidRef, { status, body }: HttpAnswer): TidView => {
  const fields = fieldsOf(body)
  if (status !== 200) return refusalFrom(status, fields)
  const { state, callNumber } = fields
  const isOfTid =
    names(fields, tid) &&
    isTidState(state) &&
    typeof callNumber === 'number' &&
    Number.isSafeInteger(callNumber)
  if (!isOfTid) {
    return { ok: false, code: 'unavailable', detail: 'an answer that does not show this TID' }
  }
  const obstacles = obstaclesOf(fields['obstacles'])
  return { ok: true, state, callNumber, ...(obstacles === undefined ? {} : { obstacles }) }
}
