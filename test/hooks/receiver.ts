/**
 * The reference receiver of Tillgate's signed hooks: what an acquirer puts in front of its switch, its
 * registry and its SMS gate. It verifies every delivery with the library, does each message once by its
 * webhook-id, keeps what it got in a file (`hooks.jsonl`), and can be told to misbehave (`faults.ts`).
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'

import { Acts, type Answer, type Data } from './acts.js'
import type { Fault } from './faults.js'

/** `whsec_` and 24 bytes or more; for tests alone. */
export const hookSecret = (letter = 'a'): string =>
  `whsec_${Buffer.from(letter.repeat(32)).toString('base64')}`

/** One delivery, as it stands in the file. */
export interface Delivery {
  readonly id: string
  readonly type: string
  /** `acted`: the first time. `repeated`: the same id again. `refused`: signature or time was wrong. */
  readonly was: 'acted' | 'repeated' | 'refused' | 'misbehaved'
  readonly data?: Data
}

export interface ReceiverOptions {
  readonly folder: string
  /** Its key and certificate, PEM, and who signed that. */
  readonly identity: { readonly key: string; readonly cert: string; readonly caPem: string }
  /** A signature under any of them is good. */
  readonly secrets?: readonly string[]
}

/** What the registry is told in full, and no file should hold. */
const masked = (data: Data): Data =>
  'settlementAccount' in data
    ? { ...data, settlementAccount: `****${String(data['settlementAccount']).slice(-4)}` }
    : data

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = []
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

export class HookReceiver {
  readonly acts = new Acts()
  /** The messages' data in full, the oldest first. */
  readonly messages: Data[] = []
  readonly file: string
  /** Who signed the certificate. */
  readonly caPem: string
  secrets: readonly string[]
  #server: Server | undefined
  #port = 0
  readonly #identity: { readonly key: string; readonly cert: string }
  readonly #answers = new Map<string, Answer>()
  readonly #faults: Fault[] = []

  private constructor(options: ReceiverOptions) {
    this.file = join(options.folder, 'hooks.jsonl')
    this.secrets = options.secrets ?? [hookSecret()]
    this.caPem = options.identity.caPem
    this.#identity = options.identity
  }

  get identity(): { readonly key: string; readonly cert: string } {
    return this.#identity
  }

  static async start(options: ReceiverOptions): Promise<HookReceiver> {
    const receiver = new HookReceiver(options)
    await receiver.comeBack()
    return receiver
  }

  get url(): string {
    return `https://localhost:${String(this.#port)}/hooks`
  }

  /** What came, the oldest first, read from the file. */
  got(): readonly Delivery[] {
    if (!existsSync(this.file)) return []
    const lines = readFileSync(this.file, 'utf8').trim().split('\n')
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Delivery)
  }

  /** The next deliveries meet these, one each. */
  next(...faults: readonly Fault[]): void {
    this.#faults.push(...faults)
  }

  /** Nobody listens. What it knows it keeps. */
  async goDown(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    server?.closeAllConnections()
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
  }

  /** On the same port as before. */
  async comeBack(): Promise<void> {
    const server = createServer(this.#identity, (request, response) => {
      this.#take(request, response).catch(() => response.destroy())
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(this.#port, '127.0.0.1', resolve)
    })
    this.#server = server
    this.#port = (server.address() as AddressInfo).port
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    const fault = this.#faults.shift()
    const id = String(request.headers['webhook-id'])
    if (fault?.does === 'answer' || fault?.does === 'hang') {
      this.#keep({ id, type: '', was: 'misbehaved' })
      if (fault.does === 'answer') this.#say(response, fault.status, fault.body, fault.headers)
      return
    }
    if (request.method !== 'POST' || !this.#isSigned(body, request)) {
      this.#keep({ id, type: '', was: 'refused' })
      return this.#say(response, 401, '{"error":"signature"}')
    }
    const answer = this.#handle(id, body)
    if (fault?.does === 'deliver-twice') this.#handle(id, body)
    if (fault?.does === 'lose-answer') return void response.destroy()
    const say = (): void => this.#say(response, 200, JSON.stringify({ id, ...answer }))
    if (fault?.does === 'slow') setTimeout(say, fault.ms).unref()
    else say()
  }

  #isSigned(body: string, request: IncomingMessage): boolean {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    return this.secrets.some((secret) => {
      try {
        new Webhook(secret).verify(body, headers)
        return true
      } catch {
        return false
      }
    })
  }

  #handle(id: string, body: string): Answer {
    const { type, data } = JSON.parse(body) as { type: string; data: Data }
    const known = this.#answers.get(id)
    const answer =
      known === undefined || this.acts.isDecidedAnew(type) ? this.acts.do(type, data) : known
    this.#answers.set(id, answer)
    this.messages.push(data)
    const was = known === undefined ? 'acted' : 'repeated'
    this.#keep({ id, type, was, data: masked(data) })
    return answer
  }

  #keep(delivery: Delivery): void {
    appendFileSync(this.file, `${JSON.stringify(delivery)}\n`)
  }

  #say(
    response: ServerResponse,
    status: number,
    body = '',
    headers: Readonly<Record<string, string>> = {},
  ): void {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(body)
  }
}
