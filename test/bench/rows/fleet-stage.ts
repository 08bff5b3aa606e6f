/** The processes of a row: a gateway on a folder of its own, and a fleet that is enrolled with it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { GatewayCalls, OpenedGateway, SharedPlace } from '../gateway/calls.js'
import { Child } from '../processes/child.js'
import type { Dialled, GeneratorCalls } from '../terminal/calls.js'
import type { Bench } from './row.js'

export const gatewayProgram = new URL('../gateway/program.js', import.meta.url)
const generatorProgram = new URL('../terminal/program.js', import.meta.url)

/** A message between processes is kept small. */
const enrolledAtATime = 500

/** Well below what the listener takes from one address. */
export const calmDialsAtATime = 50

interface DialOptions {
  readonly from: number
  /** With the tickets of the session before. */
  readonly resume: boolean
  readonly atATime: number
}

export class FleetStage {
  readonly #bench: Bench
  readonly #connectionsMax: number
  readonly #shared: SharedPlace | undefined
  readonly #isUnsealed: boolean
  readonly folder = mkdtempSync(join(tmpdir(), 'tillgate-bench-'))
  readonly generator: Child<GeneratorCalls>
  gateway: Child<GatewayCalls>
  opened: OpenedGateway | undefined
  sns: readonly string[] = []

  constructor(bench: Bench, connectionsMax: number, shared?: SharedPlace, isUnsealed = false) {
    this.#isUnsealed = isUnsealed
    this.#bench = bench
    this.#connectionsMax = connectionsMax
    this.#shared = shared
    this.gateway = this.#startGateway()
    this.generator = new Child({
      program: generatorProgram,
      profileFolder: bench.profileFolder,
    })
  }

  /** The gateway is opened, so many terminals are made and enrolled. */
  async open(terminals: number): Promise<OpenedGateway> {
    const opened = await this.#openGateway(0)
    await this.enrolMore(terminals)
    return opened
  }

  /** Terminals number `from` to `to` of the fleet, until each was welcomed. */
  async dial(to: number, options: Partial<DialOptions> = {}): Promise<Dialled> {
    const { from = 0, resume = false, atATime = calmDialsAtATime } = options
    this.#bench.progress.step(`${String(to - from)} terminals connect`)
    const port = this.opened?.port ?? 0
    return this.generator.call('dial', { port, from, to, resume, atATime })
  }

  /** The process ends; another takes its folder and its port. */
  async restartGateway(): Promise<void> {
    const port = this.opened?.port ?? 0
    await this.gateway.end()
    this.gateway = this.#startGateway()
    await this.#openGateway(port)
  }

  /** Stopped in order, and opened again in its process when that was looked at. */
  async reopenGateway<T>(look: () => Promise<T>): Promise<T> {
    const port = this.opened?.port ?? 0
    await this.gateway.call('stop')
    const seen = await look()
    await this.#openGateway(port)
    return seen
  }

  async end(): Promise<void> {
    await this.generator.end()
    await this.gateway.end()
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 })
  }

  /** Until there are so many. */
  async enrolMore(terminals: number): Promise<void> {
    this.#bench.progress.step(`${String(terminals)} terminals enrol`)
    const manufacture = (made: number) =>
      this.generator.call('manufacture', Math.min(enrolledAtATime, terminals - made))
    // The next are made while these are enrolled: two processes, and thousands of terminals.
    let coming = manufacture(0)
    while (this.sns.length < terminals) {
      const applicants = await coming
      const made = this.sns.length + applicants.length
      const enrolling = this.gateway.call('enrol', applicants)
      if (made < terminals) coming = manufacture(made)
      await this.generator.call('enrolled', await enrolling)
      this.sns = [...this.sns, ...applicants.map(({ sn }) => sn)]
    }
  }

  #startGateway(): Child<GatewayCalls> {
    return new Child({ program: gatewayProgram, profileFolder: this.#bench.profileFolder })
  }

  async #openGateway(port: number): Promise<OpenedGateway> {
    const connectionsMax = this.#connectionsMax
    const dataFolder = join(this.folder, 'data')
    const shared = this.#shared === undefined ? {} : { shared: this.#shared }
    const unsealed = this.#isUnsealed ? { isUnsealed: true as const } : {}
    const place = { dataFolder, port, connectionsMax, ...shared, ...unsealed }
    const opened = await this.gateway.call('open', place)
    this.opened = opened
    return opened
  }
}
