/**
 * Tillgate in a process of its own, as `npm start` runs it: started on a data folder, killed with SIGKILL,
 * started again on the same ports, ended with SIGTERM.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Progress } from './progress.js'
import type { HostAccess, Ports, StartTillgate, Tillgate } from './tillgate.js'

export interface TillgateOptions {
  readonly dataFolder: string
  readonly host: HostAccess
  /** More variables, or others. */
  readonly environment?: Readonly<Record<string, string>>
}

interface ReadyLine {
  readonly ready: true
  readonly ports: Ports
  readonly adminToken?: string
}

const program = fileURLToPath(import.meta.resolve('@tillgate/admin-api/main'))

const environmentOf = (
  { dataFolder, host, environment }: TillgateOptions,
  ports: Ports | undefined,
): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  TILLGATE_DATA: dataFolder,
  TILLGATE_JSON: '1',
  // Named, because it is above the default: all terminals of the demo may be erased at once.
  TILLGATE_BRAKE_AT_LEAST: '1000',
  TILLGATE_LOG: process.env['TILLGATE_DEMO_LOG'] ?? 'error',
  TILLGATE_API_HOST: '127.0.0.1',
  TILLGATE_API_PORT: String(ports?.api ?? 0),
  TILLGATE_LISTEN_HOST: '127.0.0.1',
  TILLGATE_MQTTS_PORT: String(ports?.mqtts ?? 0),
  TILLGATE_WSS_PORT: String(ports?.wss ?? 0),
  TILLGATE_HOST_URL: host.url,
  TILLGATE_HOST_TOKEN: host.token,
  TILLGATE_HOST_CA_FILE: host.caFile,
  ...environment,
})

const readyLine = async (child: ChildProcess): Promise<ReadyLine> => {
  if (child.stdout === null) throw new Error('Tillgate has no standard output')
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    once(child, 'exit').then(([code]) => {
      throw new Error(`Tillgate ended before it was ready, with code ${String(code)}`)
    }),
  ])
  return JSON.parse(first) as ReadyLine
}

export class TillgateProcess implements Tillgate {
  readonly #options: TillgateOptions
  #child: ChildProcess | undefined
  #ready: ReadyLine | undefined
  #adminToken = ''
  kills = 0

  constructor(options: TillgateOptions) {
    this.#options = options
  }

  get ports(): Ports {
    if (this.#ready === undefined) throw new Error('Tillgate was not started')
    return this.#ready.ports
  }

  get adminToken(): string {
    return this.#adminToken
  }

  /** Resolves when it is ready. The second start takes the ports of the first. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [program], {
      env: environmentOf(this.#options, this.#ready?.ports),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    this.#ready = await readyLine(child)
    this.#adminToken = this.#ready.adminToken ?? this.#adminToken
  }

  /** As a power cut would: no handler runs. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
    this.kills += 1
  }

  async misfortune(progress: Progress): Promise<void> {
    progress.step('SIGKILL: the gateway is gone')
    await this.kill()
    await this.start()
    progress.step('started again on the same data')
  }

  /** Stopped where it stands, as a machine that hangs. */
  pause(): void {
    this.#child?.kill('SIGSTOP')
  }

  resume(): void {
    this.#child?.kill('SIGCONT')
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
}

export const startTillgateProcess: StartTillgate = async (folder, host, environment) => {
  const dataFolder = join(folder, 'data')
  const tillgate = new TillgateProcess({ dataFolder, host, environment })
  await tillgate.start()
  return tillgate
}
