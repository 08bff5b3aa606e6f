/** A process of the benchmark, as the one that started it sees it. Its death fails every open call. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import type { ArgsOf, OutputOf, Reply, Request } from './calls.js'

export interface ChildOptions {
  /** The built file that it runs. */
  readonly program: URL
  /** Where V8 leaves its CPU profiles; nothing is profiled where left out. */
  readonly profileFolder: string | undefined
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** `--expose-gc`: memory is read after a collection. */
const flagsOf = ({ profileFolder }: ChildOptions): readonly string[] => [
  '--expose-gc',
  ...(profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`]),
]

export class Child<C extends object> {
  readonly #process: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0

  constructor(options: ChildOptions) {
    const file = fileURLToPath(options.program)
    this.#process = fork(file, [], {
      serialization: 'advanced',
      execArgv: [...flagsOf(options)],
      stdio: ['ignore', 2, 2, 'ipc'],
    })
    this.#process.on('message', (reply) => this.#heard(reply as Reply))
    this.#process.once('exit', (code, signal) => {
      const error = new Error(`${file} ended: ${String(signal ?? code)}`)
      for (const { reject } of this.#waiting.values()) reject(error)
      this.#waiting.clear()
    })
  }

  call<N extends keyof C & string>(name: N, ...[input]: ArgsOf<C, N>): Promise<OutputOf<C, N>> {
    this.#lastId += 1
    const request: Request = { id: this.#lastId, name, input }
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve: resolve as (value: unknown) => void, reject })
      this.#process.send(request, (error) => {
        if (error !== null) this.#waiting.get(request.id)?.reject(error)
      })
    })
  }

  /** It ends by itself once nobody asks any more. */
  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const ended = once(this.#process, 'exit')
    this.#process.disconnect()
    await ended
  }

  /** The power goes off. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const ended = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await ended
  }

  #heard(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if (reply.ok) waiting?.resolve(reply.value)
    else waiting?.reject(new Error(reply.error))
  }
}
