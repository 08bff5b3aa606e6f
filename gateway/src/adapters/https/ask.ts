/**
 * One HTTPS request with a deadline over all of it and a cap on what comes back. Never rejects, follows
 * no redirect: what went wrong on the way is a value, and says nothing of whether the peer has acted.
 */
import { request } from 'node:https'
import type { Agent } from 'node:https'
import type { IncomingMessage } from 'node:http'
import type { DurationMs, Timers } from '../../core/ports/system.js'

export interface AskLimits {
  readonly responseBytesMax: number
  readonly responseHeaderBytesMax: number
  readonly detailLengthMax: number
}

export interface Question {
  readonly agent: Agent
  readonly base: URL
  readonly method: 'GET' | 'PUT' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON. */
  readonly body: string | undefined
  readonly timers: Timers
  readonly callMsMax: DurationMs
  readonly limits: AskLimits
  /** Each runs when the adapter closes; the set holds one per question in flight. */
  readonly onClose: Set<() => void>
}

export type Asked =
  | {
      readonly ok: true
      readonly status: number
      readonly body: string
      readonly retryAfter: string | undefined
    }
  | { readonly ok: false; readonly detail: string }

const detailOf = (error: unknown, lengthMax: number): string => {
  const text = error instanceof Error ? error.message : 'no connection'
  const code = error instanceof Error && 'code' in error ? `${String(error.code)}: ` : ''
  return `${code}${text}`.slice(0, lengthMax)
}

const readBody = async (response: IncomingMessage, lengthMax: number): Promise<Asked> => {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of response as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > lengthMax) return { ok: false, detail: 'answer too long' }
    pieces.push(piece)
  }
  // A body that was cut off ends the loop with an error on Node 20 and later, never here.
  const body = Buffer.concat(pieces).toString('utf8')
  const retryAfter = response.headers['retry-after']
  return { ok: true, status: response.statusCode ?? 0, body, retryAfter }
}

const headersOf = ({ headers, body }: Question): Record<string, string | number> => ({
  ...headers,
  accept: 'application/json',
  ...(body === undefined
    ? {}
    : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
})

export const ask = (question: Question): Promise<Asked> =>
  new Promise((resolve) => {
    const { agent, base, method, path, body, timers, callMsMax, limits, onClose } = question
    const asking = request({
      agent,
      method,
      path,
      host: base.hostname.replace(/^\[|\]$/g, ''),
      port: base.port === '' ? 443 : base.port,
      headers: headersOf(question),
      maxHeaderSize: limits.responseHeaderBytesMax,
    })
    const deadline = timers.after(callMsMax, () =>
      finish({ ok: false, detail: 'no answer in time' }),
    )
    const stop = (): void => finish({ ok: false, detail: 'closed' })
    /** The first outcome counts; a connection with anything left on it is not used again. */
    const finish = (asked: Asked): void => {
      deadline.cancel()
      onClose.delete(stop)
      if (!asked.ok) asking.destroy()
      resolve(asked)
    }
    onClose.add(stop)
    const failed = (error: unknown): void =>
      finish({ ok: false, detail: detailOf(error, limits.detailLengthMax) })
    asking.on('error', failed)
    asking.on('response', (response) => {
      readBody(response, limits.responseBytesMax).then(finish, failed)
    })
    asking.end(body)
  })
