/**
 * The stage of these tests: the acquirer's host and a gateway node in this process, both on real
 * sockets, and virtual terminals at the till. The node can be stopped and opened again on its folder
 * and ports. Waiting times are short; nothing else differs from a node in production.
 */
import { createHostClient, startHost, systemClock } from '@tillgate/device-sim'
import { systemEntropy, systemTimers } from '@tillgate/device-sim'
import type { HostClient, RunningHost } from '@tillgate/device-sim'
import { openNode } from '@tillgate/gateway'
import type { Clock, CommandWithLedger, GatewayNode, Log, NodeConfig } from '@tillgate/gateway'
import { uuidToText } from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'

import { tempFolder, waitFor } from '../ground/index.js'
import { Till, type TillOptions } from './till.js'
import { isOf, openWatchedRecords, type Ears } from './watched-records.js'

export const acquirerCode = '48210001'
export const mid = '821310054110001'

/** Under load a machine is slow; what is right comes all the same. */
export const patienceMs = 25_000

export interface StageOptions {
  readonly timing?: NodeConfig['timing']
  readonly helloPatienceMs?: number
  /** Of the node; records that are named here are its own, and nobody hears of its operations. */
  readonly config?: Partial<NodeConfig>
  /** The node's; the system's where left out. */
  readonly clock?: Clock
  /** Where terminals connect, instead of the node's own port. */
  readonly mqttsPort?: () => number
}

const quickTiming: NodeConfig['timing'] = {
  resendMs: 300,
  resendMsMax: 2_000,
  proceedPatienceMs: 400,
  askMs: 2_000,
  leaseMarginMs: 1_000,
}

export const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (message, fields) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
}

export class Stage {
  readonly host: RunningHost
  /** Hears the node's operations; see `watched-records.ts`. */
  readonly ears: Ears = { beforeSubmit: undefined }
  readonly #options: StageOptions
  readonly #folder: string
  readonly #clients: HostClient[] = []
  readonly #tills: Till[] = []
  #merchantUuid: Uint8Array = new Uint8Array(16)
  #node: GatewayNode | undefined
  #ports = { mqtts: 0, wss: 0 }

  constructor(folder: string, host: RunningHost, options: StageOptions) {
    this.#folder = folder
    this.host = host
    this.#options = options
  }

  get node(): GatewayNode {
    if (this.#node === undefined) throw new Error('the gateway is off')
    return this.#node
  }

  get services(): GatewayNode['services'] {
    return this.node.services
  }

  get dataFolder(): string {
    return `${this.#folder}/data`
  }

  /** What the node is opened with; another node of the same acquirer takes most of it. */
  config(): NodeConfig {
    const { host, dataFolder } = this
    return {
      dataFolder,
      log: silent,
      listener: { host: '127.0.0.1', mqttsPort: this.#ports.mqtts, wssPort: this.#ports.wss },
      publicHosts: ['localhost', '127.0.0.1'],
      hostAdapter: {
        kind: 'https',
        url: `https://localhost:${String(host.httpsPort)}`,
        token: host.token,
        caPem: host.certificatePem,
      },
      timing: { ...quickTiming, ...this.#options.timing },
      helloPatienceMs: this.#options.helloPatienceMs ?? 5_000,
      ...this.#options.config,
    }
  }

  /** Opens the node: the first time, or on what the former one left. */
  async openNode(): Promise<void> {
    const { dataFolder } = this
    const overrides =
      this.#options.config?.records === undefined
        ? { records: await openWatchedRecords(dataFolder, silent, this.ears) }
        : {}
    const { clock } = this.#options
    const turned = clock === undefined ? {} : { clock }
    this.#node = await openNode(this.config(), { ...overrides, ...turned })
    this.#ports = this.#node.ports
  }

  /** Where terminals connect. */
  get mqttsPort(): number {
    return this.#options.mqttsPort?.() ?? this.node.ports.mqtts
  }

  /** Once, when a case that was checked and approved is about to order its Unbind. */
  whenOrdering(act: () => void): void {
    const { beforeSubmit } = this.ears
    this.ears.beforeSubmit = (submitted) => {
      if (isOf(submitted, 'order-case')) {
        this.ears.beforeSubmit = beforeSubmit
        act()
      }
      return beforeSubmit?.(submitted)
    }
  }

  async stopNode(): Promise<void> {
    const node = this.#node
    this.#node = undefined
    await node?.stop()
  }

  async makeMerchant(): Promise<void> {
    const { records, ids, clock } = this.services
    const uuid = ids.next()
    const publicId = uuidToText(uuid)
    const about = { acquirerCode, mid, name: '演示商户', actor: 'e2e', atMs: clock.now() }
    await records.submit('create-merchant', { uuid, publicId, ...about })
    this.#merchantUuid = uuid
  }

  hostClient(): HostClient {
    const { tlsPort: port, certificatePem } = this.host
    const client = createHostClient({
      host: 'localhost',
      port,
      certificatePem,
      timers: systemTimers,
    })
    this.#clients.push(client)
    return client
  }

  /** Whom every terminal of this stage is bound to. */
  get merchantUuid(): Uint8Array {
    return this.#merchantUuid
  }

  /** Manufactured, registered, enrolled, connected, bound to the merchant. */
  async till(options: Omit<TillOptions, 'number'> = {}): Promise<Till> {
    const till = new Till(this, { ...options, number: this.#tills.length + 1 })
    this.#tills.push(till)
    await till.enrol()
    await till.switchOn()
    await till.bind(this.#merchantUuid)
    return till
  }

  /** Once more, under a TID of its own. */
  rebind(till: Till): Promise<void> {
    return till.bind(this.#merchantUuid)
  }

  async show(uuid: Uint8Array): Promise<CommandWithLedger> {
    const shown = await this.services.commands.show(uuid)
    if (shown === undefined) throw new Error('no such command')
    return shown
  }

  /** The ledger in short: what happened to the command, in order. */
  async happened(uuid: Uint8Array): Promise<readonly string[]> {
    const { ledger } = await this.show(uuid)
    return ledger.map(({ kind }) => kind.replace(/^command\./, ''))
  }

  /** Until the command stands in this state or phase. */
  async until(uuid: Uint8Array, stands: string): Promise<CommandWithLedger> {
    try {
      return await waitFor(
        async () => {
          const shown = await this.show(uuid)
          const { state, phase } = shown.command
          return state === stands || phase === stands ? shown : undefined
        },
        { what: `a command that is ${stands}`, timeoutMs: patienceMs },
      )
    } catch (cause) {
      const story = (await this.happened(uuid)).join(', ')
      throw new Error(`it never became ${stands}: ${story}`, { cause })
    }
  }

  async untilHappened(uuid: Uint8Array, what: string, times = 1): Promise<void> {
    try {
      await waitFor(
        async () => (await this.happened(uuid)).filter((one) => one === what).length >= times,
        { what, timeoutMs: patienceMs },
      )
    } catch (cause) {
      const story = (await this.happened(uuid)).join(', ')
      throw new Error(`${what} never happened: ${story}`, { cause })
    }
  }

  /** Until the case that has ordered it is closed: nothing is added to its story from then on. */
  async untilClosed(uuid: Uint8Array): Promise<CommandWithLedger> {
    await this.untilHappened(uuid, 'case.closed')
    return this.show(uuid)
  }

  async end(): Promise<void> {
    await Promise.all(this.#tills.map((till) => till.end()))
    for (const client of this.#clients) client.close()
    await this.stopNode()
    await this.host.stop()
  }
}

export const openStage = async (options: StageOptions = {}): Promise<Stage> => {
  const folder = tempFolder('e2e')
  const host = await startHost({
    folder: `${folder}/host`,
    seed: 'e2e',
    clock: systemClock,
    timers: systemTimers,
    entropy: systemEntropy,
    crypto: nodePrimitives,
  })
  const stage = new Stage(folder, host, options)
  try {
    await stage.openNode()
    await stage.makeMerchant()
    return stage
  } catch (error) {
    await stage.end()
    throw error
  }
}
