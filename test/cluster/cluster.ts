/**
 * Several nodes as an acquirer would run them: gateways that hold the terminals and nodes for people, all
 * on one PostgreSQL and one group of Redis servers, behind a balancer each for MQTT, WebSocket and HTTPS.
 * Every node is a process of its own.
 */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'

import { TillgateProcess } from '../demo/tillgate-process.js'
import type { HostAccess, Ports } from '../demo/tillgate.js'
import { startBalancer, type Balancer } from './balancer.js'

export interface ClusterOptions {
  readonly folder: string
  readonly host: HostAccess
  readonly databaseUrl: string
  readonly redisUrl: string
  readonly gateways: number
  readonly admins: number
  /** More variables for every node. */
  readonly environment?: Readonly<Record<string, string>>
  /** And more for gateways. */
  readonly gatewayEnvironment?: Readonly<Record<string, string>>
  /** What a node in the caller's own process needs in order to be one of them. */
  readonly sealingKey?: string
}

interface Balancers {
  readonly api: Balancer
  readonly mqtts: Balancer
  readonly wss: Balancer
}

const names = (kind: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${kind}-${String(index + 1)}`)

/** The nodes of one kind, and which of them run. */
class Nodes {
  readonly all: readonly TillgateProcess[]
  readonly #running = new Set<TillgateProcess>()

  constructor(all: readonly TillgateProcess[]) {
    this.all = all
  }

  get running(): readonly TillgateProcess[] {
    return this.all.filter((node) => this.#running.has(node))
  }

  async start(node: TillgateProcess): Promise<void> {
    await node.start()
    this.#running.add(node)
  }

  async kill(node: TillgateProcess): Promise<void> {
    this.#running.delete(node)
    await node.kill()
  }

  /** Drains first, as an upgrade does. */
  async restart(node: TillgateProcess): Promise<void> {
    this.#running.delete(node)
    await node.stop()
    await this.start(node)
  }
}

export class Cluster {
  readonly gateways: Nodes
  readonly admins: Nodes
  readonly #balancers: Balancers

  private constructor(gateways: Nodes, admins: Nodes, balancers: Balancers) {
    this.gateways = gateways
    this.admins = admins
    this.#balancers = balancers
  }

  static async start(options: ClusterOptions): Promise<Cluster> {
    const { folder, host } = options
    const nodes: { gateways: Nodes; admins: Nodes } = {
      gateways: new Nodes([]),
      admins: new Nodes([]),
    }
    const portsOf = (kind: 'gateways' | 'admins', port: keyof Ports) => () =>
      nodes[kind].running.map(({ ports }) => ports[port])
    const balancers = {
      api: await startBalancer(portsOf('admins', 'api')),
      mqtts: await startBalancer(portsOf('gateways', 'mqtts')),
      wss: await startBalancer(portsOf('gateways', 'wss')),
    }
    const shared = {
      ...options.environment,
      // All terminals are unbound at once; the brake is not what is looked at.
      TILLGATE_BRAKE_AT_LEAST: '10000',
      TILLGATE_DATABASE_URL: options.databaseUrl,
      TILLGATE_REDIS_URL: options.redisUrl,
      TILLGATE_SEALING_KEY: options.sealingKey ?? randomBytes(32).toString('hex'),
      TILLGATE_PUBLIC_MQTTS_PORT: String(balancers.mqtts.port),
      TILLGATE_PUBLIC_WSS_PORT: String(balancers.wss.port),
    }
    const made = (kind: string, count: number, own: Readonly<Record<string, string>>): Nodes =>
      new Nodes(
        names(kind, count).map((name) => {
          const environment = { ...shared, ...own, TILLGATE_NODE_NAME: name }
          return new TillgateProcess({ dataFolder: join(folder, name), host, environment })
        }),
      )
    nodes.admins = made('admin', options.admins, { TILLGATE_LINK: 'none' })
    const own = { TILLGATE_API: 'health', ...options.gatewayEnvironment }
    nodes.gateways = made('gateway', options.gateways, own)
    // The first makes what all of them stand on.
    for (const node of nodes.admins.all) await nodes.admins.start(node)
    await Promise.all(nodes.gateways.all.map((node) => nodes.gateways.start(node)))
    return new Cluster(nodes.gateways, nodes.admins, balancers)
  }

  /** Where terminals and people reach it. */
  get ports(): Ports {
    const { api, mqtts, wss } = this.#balancers
    return { api: api.port, mqtts: mqtts.port, wss: wss.port }
  }

  get adminToken(): string {
    return this.admins.all[0]?.adminToken ?? ''
  }

  get kills(): number {
    return this.gateways.all.reduce((sum, { kills }) => sum + kills, 0)
  }

  async stop(): Promise<void> {
    const { api, mqtts, wss } = this.#balancers
    const all = [...this.gateways.all, ...this.admins.all]
    for (const node of all) node.resume()
    await Promise.all(all.map((node) => node.stop()))
    await Promise.all([api, mqtts, wss].map((balancer) => balancer.stop()))
  }
}
