/** A small HTTPS client with a bound on everything; follows no redirect and trusts only what it is given. */
import { Agent, request as httpsRequest } from 'node:https'
import { enrolLimits } from './limits.js'

export interface HttpsAnswer {
  readonly status: number
  readonly text: string
}

export interface HttpsRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  /** JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** PEM of the CA; undefined: the server is not checked at all. */
  readonly ca: string | undefined
  readonly agent?: Agent
}

/** Connections kept for a fleet's many small requests. */
export const keepAliveAgent = (ca: string): Agent =>
  new Agent({ keepAlive: true, maxSockets: enrolLimits.connectionsMax, ca })

export const callHttps = (call: HttpsRequest): Promise<HttpsAnswer> =>
  new Promise((resolve, reject) => {
    const body = call.body === undefined ? undefined : JSON.stringify(call.body)
    const request = httpsRequest(
      call.url,
      {
        method: call.method,
        timeout: enrolLimits.requestMsMax,
        ...(call.agent === undefined ? {} : { agent: call.agent }),
        ...(call.ca === undefined ? { rejectUnauthorized: false } : { ca: call.ca }),
        headers: {
          ...call.headers,
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        let size = 0
        response.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > enrolLimits.answerBytesMax) request.destroy(new Error('answer too long'))
          else chunks.push(chunk)
        })
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          resolve({ status: response.statusCode ?? 0, text })
        })
      },
    )
    request.on('timeout', () => request.destroy(new Error('no answer in time')))
    request.on('error', reject)
    request.end(body)
  })
