/**
 * Several nodes in this process, on real servers: one for people, which holds no terminal, and gateways, on
 * one PostgreSQL database and one Redis. A door in front lets terminals in where a test wants them.
 */
import { openNode, redisServersFrom } from '@tillgate/gateway'
import type { GatewayNode, NodeConfig } from '@tillgate/gateway'
import { randomBytes } from 'node:crypto'

import { startBalancer, type Balancer } from '../cluster/balancer.js'
import { openStage, type Stage } from '../e2e/stage.js'
import { startRedis, tempFolder, type RedisProcess } from '../ground/index.js'

export class Several {
  /** Its node is the one for people. */
  readonly stage: Stage
  readonly redis: RedisProcess
  readonly #door: Balancer
  readonly #gateways = new Map<string, GatewayNode>()
  readonly #way: { to: readonly string[] }

  private constructor(stage: Stage, redis: RedisProcess, door: Balancer, way: Several['way']) {
    this.stage = stage
    this.redis = redis
    this.#door = door
    this.#way = way
  }

  static async open(databaseUrl: string): Promise<Several> {
    const redis = await startRedis()
    const answer = redisServersFrom(redis.url)
    if (!answer.ok) throw new Error(answer.why)
    const config: Partial<NodeConfig> = {
      nodeName: 'people',
      link: 'none',
      records: { kind: 'postgres', url: databaseUrl },
      coordination: { kind: 'redis', servers: answer.servers },
      sealingKey: randomBytes(32).toString('hex'),
    }
    const way: Several['way'] = { to: [] }
    const open: { several?: Several } = {}
    const door = await startBalancer(() =>
      way.to.flatMap((name) => open.several?.gateway(name).ports.mqtts ?? []),
    )
    const stage = await openStage({ config, mqttsPort: () => door.port })
    open.several = new Several(stage, redis, door, way)
    return open.several
  }

  get way(): { to: readonly string[] } {
    return this.#way
  }

  gateway(name: string): GatewayNode {
    const node = this.#gateways.get(name)
    if (node === undefined) throw new Error(`there is no gateway ${name}`)
    return node
  }

  /** Opens a gateway, which whoever opens it stops. */
  open(name: string): Promise<GatewayNode> {
    return openNode({
      ...this.stage.config(),
      nodeName: name,
      link: 'listener',
      dataFolder: tempFolder(name),
      listener: { host: '127.0.0.1', mqttsPort: 0, wssPort: 0 },
    })
  }

  /** One more gateway. */
  async join(name: string): Promise<GatewayNode> {
    const node = await this.open(name)
    this.#gateways.set(name, node)
    return node
  }

  async leave(name: string): Promise<void> {
    const node = this.gateway(name)
    this.#gateways.delete(name)
    await node.stop()
  }

  async end(): Promise<void> {
    await this.stage.end()
    await Promise.all([...this.#gateways.values()].map((node) => node.stop()))
    await this.#door.stop()
    await this.redis.kill()
  }
}
