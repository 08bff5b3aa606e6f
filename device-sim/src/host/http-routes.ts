/**
 * What a path of the back office's port means. Each answer is a status and a JSON value; refusals
 * are problems as in RFC 9457, with a `code` that a program can read.
 */
import type { TidLedger } from './ledger.js'
import { hostLimits } from './limits.js'
import type { TidName } from './messages.js'
import type { CallVerb } from './state.js'
import type { Switch } from './switch.js'

export interface HttpRequest {
  readonly method: string
  readonly path: string
  readonly body: string
}

export interface HostPolicy {
  /**
   * It names a batch that is open and has sales as an obstacle: an acquirer that wants a terminal settled before
   * anybody decides on its unbind. At the start it does not: the unbind settles by itself.
   */
  settleFirst: boolean
}

interface BackOffice {
  readonly theSwitch: Switch
  readonly policy: HostPolicy
}

export interface HttpAnswer {
  readonly status: number
  readonly body: unknown
}

export const problem = (
  status: number,
  code: string,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): HttpAnswer => ({
  status,
  body: { type: 'about:blank', title: code, status, code, detail, ...more },
})

const tidPath = /^\/v1\/tids\/([^/]+)\/([^/]+)\/([^/]+)(?:\/(block|unblock|ledger))?$/
const token = /^[A-Za-z0-9._-]+$/

const isToken = (text: string | undefined, lengthMax: number): text is string =>
  text !== undefined && text.length <= lengthMax && token.test(text)

const nameFrom = (match: RegExpExecArray): TidName | undefined => {
  const [, acquirerCode, mid, tid] = match
  return isToken(acquirerCode, hostLimits.acquirerCodeLengthMax) &&
    isToken(mid, hostLimits.midLengthMax) &&
    isToken(tid, hostLimits.tidLengthMax)
    ? { acquirerCode, mid, tid }
    : undefined
}

const objectFrom = (body: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}

const badField = (field: string): HttpAnswer =>
  problem(400, 'bad-field', `the field ${field} is missing or not as it must be`, { field })

const unknownTid = problem(404, 'unknown-tid', 'the host does not know that TID')

const call = async (
  theSwitch: Switch,
  verb: CallVerb,
  name: TidName,
  body: string,
): Promise<HttpAnswer> => {
  const fields = objectFrom(body)
  if (fields === undefined) return badField('body')
  const { callNumber, reason = '' } = fields
  if (typeof callNumber !== 'number' || !Number.isSafeInteger(callNumber) || callNumber < 1) {
    return badField('callNumber')
  }
  if (typeof reason !== 'string' || reason.length > hostLimits.reasonLengthMax) {
    return badField('reason')
  }
  const result = await theSwitch.call({ verb, name, callNumber, reason })
  if (result.ok) return { status: 200, body: { ...name, state: result.state, callNumber } }
  switch (result.code) {
    case 'unknown-tid':
      return unknownTid
    case 'stale':
      return problem(409, 'stale', 'a higher number was seen', { callNumber: result.callNumber })
    case 'number-reused':
      return problem(409, 'number-reused', 'that number was used for the opposite', { callNumber })
    default:
      return result satisfies never
  }
}

const register = async (theSwitch: Switch, name: TidName, body: string): Promise<HttpAnswer> => {
  const sn = objectFrom(body)?.['sn']
  if (typeof sn !== 'string' || !isToken(sn, hostLimits.snLengthMax)) return badField('sn')
  const result = await theSwitch.register(name, sn)
  if (!result.ok) return problem(507, result.code, 'the host takes no more TIDs')
  return { status: result.created ? 201 : 200, body: { ...name, sn, state: result.state } }
}

/** Whatever was reversed in it, there is something to settle. */
const isUnsettled = ({ batches }: TidLedger): boolean =>
  batches.some(({ settlement, totals }) => settlement === undefined && totals.count > 0)

const show = async (
  { theSwitch, policy }: BackOffice,
  name: TidName,
  isWhole: boolean,
): Promise<HttpAnswer> => {
  const ledger = theSwitch.ledger(name)
  await theSwitch.durable()
  if (ledger === undefined) return unknownTid
  if (isWhole) return { status: 200, body: ledger }
  const { batches: _, name: __, ...rest } = ledger
  const isHeldUp = policy.settleFirst && isUnsettled(ledger)
  const obstacles = isHeldUp ? { obstacles: ['UNSETTLED_BATCH'] } : {}
  return { status: 200, body: { ...name, ...rest, ...obstacles } }
}

const wrongMethod = problem(405, 'wrong-method', 'that path has no such method')

export const route = async (office: BackOffice, request: HttpRequest): Promise<HttpAnswer> => {
  const { theSwitch } = office
  const { method, path, body } = request
  if (path === '/v1/totals') {
    if (method !== 'GET') return wrongMethod
    const totals = theSwitch.totals()
    await theSwitch.durable()
    return { status: 200, body: totals }
  }
  const match = tidPath.exec(path)
  if (match === null) return problem(404, 'unknown-path', 'there is nothing here')
  const name = nameFrom(match)
  if (name === undefined) return badField('tid')
  const what = match[4]
  if (what === 'block' || what === 'unblock') {
    return method === 'PUT' || method === 'POST' ? call(theSwitch, what, name, body) : wrongMethod
  }
  if (method === 'GET') return show(office, name, what === 'ledger')
  return method === 'PUT' && what === undefined ? register(theSwitch, name, body) : wrongMethod
}
