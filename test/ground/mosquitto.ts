// A private Mosquitto on free ports, with what can happen to a broker: killed, paused, started again with
// and without what it knew. Never the machine's own.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { tempFolder } from './folders.js'
import { waitFor } from './wait-for.js'

export interface MosquittoOptions {
  /** One that is listened on when it has started. */
  readonly port: number
  /** Files beside the configuration, by name. */
  readonly files?: Readonly<Record<string, string>>
  /** The configuration, told the folder that everything lies in. */
  conf(folder: string): string
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

export class Mosquitto {
  readonly folder: string
  readonly #options: MosquittoOptions
  #child: ChildProcess | undefined
  #said = ''

  constructor(options: MosquittoOptions) {
    this.#options = options
    this.folder = tempFolder('mosquitto')
    for (const [name, text] of Object.entries(options.files ?? {})) {
      writeFileSync(join(this.folder, name), text, { mode: 0o600 })
    }
    // Started by root it would become somebody who cannot read the folder.
    const user = process.getuid?.() === 0 ? 'user root\n' : ''
    writeFileSync(join(this.folder, 'mosquitto.conf'), user + options.conf(this.folder))
  }

  /** What it wrote to its log. */
  get said(): string {
    return this.#said
  }

  async start(): Promise<void> {
    const child = spawn('mosquitto', ['-c', join(this.folder, 'mosquitto.conf')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` },
    })
    this.#child = child
    child.stderr.on('data', (text: Buffer) => {
      this.#said = (this.#said + text.toString()).slice(-20_000)
    })
    let ended: string | undefined
    child.once('exit', (code) => {
      ended = `it ended with ${String(code)}: ${this.#said}`
      if (this.#child === child) this.#child = undefined
    })
    await waitFor(
      () => {
        if (ended !== undefined) throw new Error(ended)
        return answers(this.#options.port)
      },
      { what: 'mosquitto' },
    )
  }

  /** In order: what it keeps is on its disk. */
  stop(): Promise<void> {
    return this.#end('SIGTERM')
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL')
  }

  /** Everything that it kept of sessions and messages. */
  forget(): void {
    rmSync(join(this.folder, 'mosquitto.db'), { force: true })
  }

  pause(): void {
    this.#child?.kill('SIGSTOP')
  }

  resume(): void {
    this.#child?.kill('SIGCONT')
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGCONT')
    child.kill(signal)
    await gone
  }
}

export const startMosquitto = async (options: MosquittoOptions): Promise<Mosquitto> => {
  const mosquitto = new Mosquitto(options)
  await mosquitto.start()
  return mosquitto
}
