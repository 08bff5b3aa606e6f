/**
 * The acquirer's switch over plain HTTPS: block, unblock, show. One request per call, its outcome
 * read strictly; whatever is not clearly an answer is `unavailable`, and the caller asks again with
 * the same number. Never throws, never repeats a call, keeps nothing between calls: the numbers and
 * their rule are the host's (architecture §5, rule 2). Retries and circuit belong to the caller.
 */
import { Agent } from 'node:https'
import type { Host, HostAnswer, HostCall, TidRef, TidView } from '../../../core/ports/host.js'
import type { DurationMs, Timers } from '../../../core/ports/system.js'
import { ask, type Asked } from '../../https/ask.js'
import { answerFrom, viewFrom } from './answers.js'
import { httpsHostLimits } from './limits.js'

export interface HttpsHostOptions {
  /** `https:` and nothing else; a path in it stands before the API's own. */
  readonly baseUrl: string
  /** The bearer token. */
  readonly token: string
  /** Trusted for this host in place of the system's list, PEM. */
  readonly caPem?: string | undefined
  readonly timers: Timers
  readonly callMsMax?: DurationMs
}

export interface HttpsHost extends Host {
  /** Cuts what is in flight; each such call is answered `unavailable`. */
  close(): void
}

const unavailable = (detail: string) => ({ ok: false, code: 'unavailable', detail }) as const

/** A base that is not https, or a token that no header can carry, is the caller's fault at start. */
const checkOptions = ({ baseUrl, token }: HttpsHostOptions): URL => {
  const base = new URL(baseUrl)
  if (base.protocol !== 'https:') throw new TypeError('host: the base URL must be https')
  if (!/^[\x21-\x7e]+$/.test(token)) throw new TypeError('host: the token must be printable ASCII')
  return base
}

const pathOf = (base: URL, { acquirerCode, mid, tid }: TidRef, verb = ''): string => {
  const parts = ['v1', 'tids', acquirerCode, mid, tid].map(encodeURIComponent)
  return `${base.pathname.replace(/\/+$/, '')}/${parts.join('/')}${verb}`
}

export const createHttpsHost = (options: HttpsHostOptions): HttpsHost => {
  const base = checkOptions(options)
  const agent = new Agent({
    keepAlive: true,
    maxSockets: httpsHostLimits.connectionsMax,
    maxFreeSockets: httpsHostLimits.idleConnectionsMax,
    minVersion: 'TLSv1.2',
    ...(options.caPem === undefined ? {} : { ca: options.caPem }),
  })
  const onClose = new Set<() => void>()
  let isClosed = false

  const send = async (method: 'GET' | 'PUT', path: string, body?: unknown): Promise<Asked> => {
    if (isClosed) return { ok: false, detail: 'closed' }
    if (onClose.size >= httpsHostLimits.callsInFlightMax) {
      return { ok: false, detail: 'too many calls in flight' }
    }
    return ask({
      agent,
      base,
      method,
      path,
      headers: { authorization: `Bearer ${options.token}` },
      body: body === undefined ? undefined : JSON.stringify(body),
      timers: options.timers,
      callMsMax: options.callMsMax ?? httpsHostLimits.callMsDefault,
      limits: httpsHostLimits,
      onClose,
    })
  }

  const order = async (verb: 'block' | 'unblock', call: HostCall): Promise<HostAnswer> => {
    const { callNumber, reason } = call
    const asked = await send('PUT', pathOf(base, call, `/${verb}`), { callNumber, reason })
    return asked.ok ? answerFrom(verb, call, asked) : unavailable(asked.detail)
  }

  return {
    block: (call) => order('block', call),
    unblock: (call) => order('unblock', call),
    show: async (tid): Promise<TidView> => {
      const asked = await send('GET', pathOf(base, tid))
      return asked.ok ? viewFrom(tid, asked) : unavailable(asked.detail)
    },
    close: () => {
      isClosed = true
      for (const stop of [...onClose]) stop()
      agent.destroy()
    },
  }
}
