/**
 * The HTTP API as a back office would call it: over TLS with Tillgate's CA pinned, with an Idempotency-Key
 * on what makes something, repeated with the same key while the gateway is away.
 */
import { Agent, request } from 'node:https'

export interface Answer {
  readonly status: number
  readonly body: unknown
}

export class ApiError extends Error {
  readonly status: number
  readonly code: string
  constructor(method: string, path: string, answer: Answer) {
    const { code, detail } = answer.body as { code?: string; detail?: string }
    super(`${method} ${path}: ${String(answer.status)} ${code ?? ''} ${detail ?? ''}`)
    this.name = 'ApiError'
    this.status = answer.status
    this.code = code ?? ''
  }
}

export interface ApiClientOptions {
  readonly port: number
  readonly token: string
  readonly caPem: string | undefined
}

const connectionsMax = 32
const answerMsMax = 15_000
const retryMs = 200
const retryMsMax = 180_000

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export class ApiClient {
  readonly #options: ApiClientOptions
  readonly #agent: Agent

  constructor(options: ApiClientOptions) {
    this.#options = options
    const { caPem } = options
    this.#agent = new Agent({
      keepAlive: true,
      maxSockets: connectionsMax,
      ...(caPem === undefined ? { rejectUnauthorized: false } : { ca: caPem }),
    })
  }

  /** The same API, asked by somebody else. */
  as(token: string): ApiClient {
    return new ApiClient({ ...this.#options, token })
  }

  get<T>(path: string): Promise<T> {
    return this.#persist('GET', path, undefined, undefined) as Promise<T>
  }

  /** `key` makes a repetition harmless; left out where the thing itself does. */
  post<T>(path: string, body: unknown, key?: string): Promise<T> {
    return this.#persist('POST', path, body, key) as Promise<T>
  }

  close(): void {
    this.#agent.destroy()
  }

  /** Again while nobody answers, or the answer is 503 or 429: with the same key it is the same request. */
  async #persist(
    method: string,
    path: string,
    body: unknown,
    key: string | undefined,
  ): Promise<unknown> {
    for (let waited = 0; ; waited += retryMs) {
      const answer = await this.#send(method, path, body, key).catch((error: unknown) => {
        if (waited >= retryMsMax) throw error
        return undefined
      })
      const busy = answer === undefined || answer.status === 503 || answer.status === 429
      if (answer !== undefined && !busy) {
        if (answer.status >= 400) throw new ApiError(method, path, answer)
        return answer.body
      }
      if (waited >= retryMsMax) throw new Error(`${method} ${path}: no answer for three minutes`)
      await pause(retryMs)
    }
  }

  #send(method: string, path: string, body: unknown, key: string | undefined): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body)
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          servername: 'localhost',
          port: this.#options.port,
          agent: this.#agent,
          method,
          path,
          timeout: answerMsMax,
          headers: {
            authorization: `Bearer ${this.#options.token}`,
            ...(text === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
            ...(key === undefined ? {} : { 'idempotency-key': key }),
          },
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () => {
            const answer = Buffer.concat(chunks).toString('utf8')
            const json = response.headers['content-type']?.includes('json') === true
            resolve({ status: response.statusCode ?? 0, body: json ? JSON.parse(answer) : answer })
          })
        },
      )
      sent.on('timeout', () => sent.destroy(new Error('no answer in time')))
      sent.on('error', reject)
      sent.end(text)
    })
  }
}
