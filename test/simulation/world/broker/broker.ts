/**
 * Somebody else's broker between terminals and nodes. As far as it is honest it does what a broker does:
 * takes a message before anybody else has it, deals an uplink to one of those who share the subscription,
 * gives a downlink to whoever is connected under that name, keeps sessions for a while, says wills. What it
 * does beside that is `mischief.ts`.
 */
import type { Link, LinkEvents, LinkOptions, Prng, Transport } from '@tillgate/device-sim'

import type { BrokerSwarm } from '../../swarm.js'
import { within } from '../chance.js'
import type { Made } from '../factory.js'
import type { Between, NodeEnd, Peril, Traffic, WorldLink } from '../link.js'
import type { World } from '../world.js'
import type { Connection } from './connection.js'
import { HostileBroker } from './mischief.js'
import { BrokerNodeEnd } from './node-end.js'
import type { Passed } from './passed.js'
import { Session } from './session.js'
import { TerminalLine } from './terminal-line.js'

export class VirtualBroker implements WorldLink {
  readonly world: World
  readonly chance: Prng
  readonly traffic: Traffic
  /** Of nodes. */
  readonly connections = new Set<Connection>()
  readonly #swarm: BrokerSwarm
  readonly #between: Between
  readonly #mischief: HostileBroker
  readonly #lines = new Map<string, TerminalLine>()
  readonly #sessions = new Map<string, Session>()
  #isUp = true
  #arrivals = 0

  constructor(world: World, swarm: BrokerSwarm, traffic: Traffic, between: Between = {}) {
    this.world = world
    this.traffic = traffic
    this.chance = world.chance('network')
    this.#swarm = swarm
    this.#between = between
    this.#mischief = new HostileBroker(world, {
      pass: (passed) => this.#pass(passed),
      wills: () => [...this.#lines.values()].filter(({ isUp }) => isUp),
    })
  }

  get isUp(): boolean {
    return this.#isUp
  }

  // --- for the world

  get perils(): readonly Peril[] {
    const { broker, network } = this.world.faults
    return [
      {
        name: 'restarts of the broker',
        perMinute: broker.restartsPerMinute,
        happens: () => this.#restart(),
      },
      {
        name: 'cuts of the nodes',
        perMinute: network.disconnectsPerMinute,
        happens: () => {
          if (this.connections.size > 0) this.chance.pick([...this.connections]).breakOff()
        },
      },
    ]
  }

  breakOne(sn: string): boolean {
    const line = this.#lines.get(sn)
    if (line?.isUp !== true) return false
    line.sever()
    return true
  }

  calmDown(): void {
    this.#isUp = true
    this.#mischief.calmDown()
  }

  sayAgain(): number {
    return this.#mischief.sayAgain()
  }

  nodeEnd(nodeName: string): NodeEnd {
    const between = this.#between.brokerHandler ?? ((own) => own)
    const { subscribers } = this.#swarm
    return new BrokerNodeEnd({ broker: this, nodeName, subscribers, between })
  }

  transportOf({ sn }: Made): Transport {
    return {
      connect: ({ will }: LinkOptions, events: LinkEvents): Link => {
        const line = new TerminalLine({ broker: this, sn, events, will })
        const delayMs = within(this.chance, this.world.faults.network.delay)
        this.world.time.after(delayMs, () => line.connect())
        return {
          publish: (message) => line.publish(message),
          puback: () => line.puback(),
          close: () => line.leave(),
          cut: () => line.vanish(),
        }
      },
    }
  }

  // --- for its clients

  nextArrival(): number {
    return (this.#arrivals += 1)
  }

  /** Something was published. */
  take(passed: Passed): void {
    if (this.#isUp) this.#mischief.take(passed)
  }

  /** A PUBACK of the broker's own. */
  acknowledge(action: () => void): void {
    this.#mischief.acknowledge(action)
  }

  /** A client id is there once: whoever had it before is put out, and its will is said. */
  newest(line: TerminalLine): void {
    const before = this.#lines.get(line.sn)
    this.#lines.set(line.sn, line)
    this.#mischief.remember({ sn: line.sn, channel: 'state', qos: 0, payload: line.will })
    before?.endAtBroker('with its will')
  }

  sessionOf(clientId: string): Session {
    const known = this.#sessions.get(clientId)
    if (known !== undefined) return known
    const session = new Session({
      timers: this.world.time,
      expiryMs: this.#swarm.sessionExpiryMs,
      over: (waiting) => {
        if (this.#sessions.get(clientId) === session) this.#sessions.delete(clientId)
        if (this.#swarm.dealsAgain) for (const passed of waiting) this.#pass(passed)
      },
    })
    this.#sessions.set(clientId, session)
    return session
  }

  #pass(passed: Passed): void {
    if (!this.#isUp) return
    if (passed.channel === 'down') return this.#lines.get(passed.sn)?.deliver(passed.payload)
    const sessions = [...this.#sessions.values()]
    if (sessions.length > 0) this.chance.pick(sessions).offer(passed)
  }

  /** Every connection breaks; sessions are there again, or not. */
  #restart(): void {
    if (!this.#isUp) return
    const { broker, gateway } = this.world.faults
    const forgets = this.chance.chance(broker.forgets)
    for (const line of this.#lines.values()) line.endAtBroker('forgotten')
    for (const connection of [...this.connections]) connection.breakOff()
    if (forgets) {
      for (const session of this.#sessions.values()) session.forget()
      this.#sessions.clear()
    }
    this.#isUp = false
    this.world.time.after(within(this.chance, gateway.down), () => (this.#isUp = true))
  }
}
