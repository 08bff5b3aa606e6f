/**
 * The stage of the end-to-end tests with a broker between terminals and gateway: any number of nodes on the
 * same records, in this process, and the Mosquitto of the examples. Nodes come and go, the broker as well.
 */
import { startHost, systemClock, systemEntropy, systemTimers } from '@tillgate/device-sim'
import type { RunningHost } from '@tillgate/device-sim'
import { openNode } from '@tillgate/gateway'
import type {
  BrokerLimits,
  GatewayNode,
  NodeConfig,
  NodeOverrides,
  Records,
} from '@tillgate/gateway'
import { nodePrimitives } from '@tillgate/protocol/node'

import { silent, Stage } from '../e2e/stage.js'
import { openWatchedRecords } from '../e2e/watched-records.js'
import { tempFolder, waitFor, type Mosquitto } from '../ground/index.js'
import { brokerPorts, gatewayUser, startExampleMosquitto } from './example-mosquitto.js'
import type { BrokerCertificate, Ports } from './example-mosquitto.js'
import { SharedCoordination } from './shared-coordination.js'

/** As in production, only sooner. */
export const hasty: Partial<BrokerLimits> = {
  subscribers: 2,
  publishers: 2,
  reconnectMsMin: 20,
  reconnectMsMax: 300,
  sessionExpiryS: 5,
  keepAliveS: 2,
}

export interface SomeBroker {
  kill(): Promise<void>
}

export interface BrokerStageOptions {
  readonly config?: Partial<NodeConfig>
  /** Instead of the hasty ones. */
  readonly limits?: Partial<BrokerLimits>
  /** In the place of Mosquitto; gateways reach it in clear. */
  readonly start?: (ports: Ports, certificate: BrokerCertificate) => Promise<SomeBroker>
}

const firstNode = 'one'

export class BrokerStage extends Stage {
  readonly coordination = new SharedCoordination()
  readonly ports: Ports
  readonly #nodes = new Map<string, GatewayNode>()
  readonly #more: BrokerStageOptions
  #records: Records | undefined
  #mosquitto: Mosquitto | undefined
  #other: SomeBroker | undefined
  #caPem: string | undefined

  constructor(folder: string, host: RunningHost, ports: Ports, more: BrokerStageOptions) {
    super(folder, host, more.config === undefined ? {} : { config: more.config })
    this.ports = ports
    this.#more = more
  }

  /** Where the next terminals connect, where that is not the broker: the port of a node that listens. */
  listenerPort: number | undefined

  override get mqttsPort(): number {
    return this.listenerPort ?? this.ports.terminals
  }

  /** Whichever node there is. */
  override get node(): GatewayNode {
    for (const node of this.#nodes.values()) return node
    throw new Error('the gateway is off')
  }

  get mosquitto(): Mosquitto {
    if (this.#mosquitto === undefined) throw new Error('there is no broker')
    return this.#mosquitto
  }

  nodeCalled(name: string): GatewayNode {
    const node = this.#nodes.get(name)
    if (node === undefined) throw new Error(`no node is called ${name}`)
    return node
  }

  override openNode(): Promise<void> {
    return this.openNodeCalled(firstNode)
  }

  async openNodeCalled(
    nodeName: string,
    overrides: NodeOverrides = {},
    link: 'broker' | 'listener' = 'broker',
  ): Promise<void> {
    this.#records ??= await openWatchedRecords(this.dataFolder, silent, this.ears)
    const own = this.#records
    const records = { ...own, close: () => Promise.resolve() }
    const scheme = this.#more.start === undefined ? 'mqtts' : 'mqtt'
    const url = `${scheme}://localhost:${String(this.ports.gateways)}`
    const config: NodeConfig = {
      ...this.config(),
      nodeName,
      link,
      broker: {
        server: { url, ca: await this.#ca(), ...gatewayUser },
        limits: this.#more.limits ?? hasty,
      },
      publicPorts: { mqtts: this.ports.terminals },
    }
    const coordination = this.coordination.node(nodeName)
    const node = await openNode(config, { records, coordination, ...overrides })
    this.#nodes.set(nodeName, node)
  }

  /** The CA is made by the first node; one that has no link makes it, and goes. */
  async #ca(): Promise<string> {
    if (this.#caPem !== undefined) return this.#caPem
    const records = { ...this.#records!, close: () => Promise.resolve() }
    const node = await openNode({ ...this.config(), link: 'none' }, { records })
    this.#caPem = node.services.caPem
    const { key, cert } = node.serverTls
    await node.stop()
    const ca = this.#caPem
    const certificate = { key, cert, ca }
    if (this.#more.start !== undefined) {
      this.#other = await this.#more.start(this.ports, certificate)
    } else {
      this.#mosquitto = await startExampleMosquitto(this.ports, certificate)
    }
    return ca
  }

  override stopNode(): Promise<void> {
    return this.stopNodeCalled(firstNode)
  }

  async stopNodeCalled(name: string): Promise<void> {
    const node = this.#nodes.get(name)
    this.#nodes.delete(name)
    await node?.stop()
  }

  /** Until every node hears and speaks. */
  async untilConnected(): Promise<void> {
    const isWell = ({ services }: GatewayNode): boolean =>
      services.health().reasons.every((reason) => !reason.startsWith('link'))
    await waitFor(() => [...this.#nodes.values()].every(isWell), { what: 'the broker' })
  }

  override async end(): Promise<void> {
    for (const name of [...this.#nodes.keys()].slice(1)) await this.stopNodeCalled(name)
    await super.end()
    for (const name of this.#nodes.keys()) await this.stopNodeCalled(name)
    await this.#records?.close()
    await this.#mosquitto?.kill()
    await this.#other?.kill()
  }
}

export const openBrokerStage = async (options: BrokerStageOptions = {}): Promise<BrokerStage> => {
  const folder = tempFolder('broker')
  const host = await startHost({
    folder: `${folder}/host`,
    seed: 'broker',
    clock: systemClock,
    timers: systemTimers,
    entropy: systemEntropy,
    crypto: nodePrimitives,
  })
  const stage = new BrokerStage(folder, host, await brokerPorts(), options)
  try {
    await stage.openNode()
    await stage.untilConnected()
    await stage.makeMerchant()
    return stage
  } catch (error) {
    await stage.end()
    throw error
  }
}
