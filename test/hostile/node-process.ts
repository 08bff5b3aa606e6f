// Starts `node-child.mjs` and asks it. A child that ends by itself fails whatever waits for it.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { makeCsr } from '@tillgate/device-sim'
import type { CommandRow, Enrolled, TerminalRow } from '@tillgate/gateway'
import { generatePrivateKey, keyObjectOf } from '@tillgate/protocol/node'
import { randomBytes } from 'node:crypto'
import { tempFolder } from '../ground/index.js'
import type { Stranger } from '../e2e/bare-client.js'

interface Answers {
  readonly enrol: { readonly terminalId: number; readonly enrolled: Enrolled }
  readonly order: Uint8Array
  readonly command: CommandRow | undefined
  readonly terminal: TerminalRow | undefined
  /** How many, by `<kind> <terminal id>`. */
  readonly events: ReadonlyMap<string, number>
  readonly memory: NodeJS.MemoryUsage
  readonly counts: {
    readonly refusedUplinks: ReadonlyMap<string, number>
    readonly link: ReadonlyMap<string, number>
    readonly sessions: { readonly connected: number; readonly greeted: number }
  }
  readonly resources: ReadonlyMap<string, number>
  readonly complaints: readonly string[]
}

interface Answer {
  readonly id: number
  readonly answer?: unknown
  readonly failed?: string
}

const script = fileURLToPath(new URL('./node-child.mjs', import.meta.url))

export class NodeProcess {
  /** As a stage has it. */
  readonly node: { readonly ports: { readonly mqtts: number; readonly wss: number } }
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  #asked = 0

  constructor(child: ChildProcess, ports: { readonly mqtts: number; readonly wss: number }) {
    this.node = { ports }
    this.#child = child
    child.on('message', (answer: Answer) => this.#waiting.get(answer.id)?.(answer))
    child.once('exit', (code, signal) => {
      const failed = `the node ended: ${String(code)} ${String(signal)}`
      for (const [id, tell] of this.#waiting) tell({ id, failed })
    })
  }

  get runs(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  async ask<K extends keyof Answers>(ask: K, about: object = {}): Promise<Answers[K]> {
    this.#asked += 1
    const id = this.#asked
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve))
    this.#child.send({ id, ask, about })
    const { answer, failed } = await answered
    this.#waiting.delete(id)
    if (failed !== undefined) throw new Error(`${ask}: ${failed}`)
    return answer as Answers[K]
  }

  /** Registered and enrolled, with a key of its own. */
  async stranger(sn: string): Promise<Stranger> {
    const key = generatePrivateKey('ES256')
    const { terminalId, enrolled } = await this.ask('enrol', { sn, csr: makeCsr(key, sn) })
    const keyPem = keyObjectOf(key).export({ format: 'pem', type: 'pkcs8' }).toString()
    return { sn, terminalId, key, keyPem, enrolled, bootId: new Uint8Array(randomBytes(16)) }
  }

  async stop(): Promise<number | null> {
    if (this.runs) {
      const ended = once(this.#child, 'exit')
      this.#child.send({ ask: 'stop' })
      await ended
    }
    return this.#child.exitCode
  }
}

export const startNode = async (): Promise<NodeProcess> => {
  const child = fork(script, [tempFolder('hostile')], {
    execArgv: ['--expose-gc'],
    serialization: 'advanced',
  })
  const [said] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the node did not start: ${String(code)}`)
    }),
  ])) as [{ readonly ports: NodeProcess['node']['ports'] }]
  return new NodeProcess(child, said.ports)
}
