/**
 * Coordination of several nodes through Redis or Valkey. Nothing here is the only copy of anything: what
 * Redis loses is told it again from what this node holds, and whoever acts on a hint asks the records.
 * Redis may be down, slow, full, flushed or another one: nothing waits for it without a bound, nothing
 * throws, and it all heals when it comes back.
 */
import type {
  Coordination,
  CoordinationHandler,
  NodeIdentity,
  Notice,
  RateAnswer,
  RateQuestion,
} from '../../../core/ports/coordination.js'
import type { Log } from '../../../core/ports/log.js'
import type { Clock, Timers } from '../../../core/ports/system.js'
import { Calls } from './calls.js'
import { chanceOf } from './chance.js'
import { openClient } from './clients.js'
import { byBucket, holdingIn } from './holdings.js'
import { Inbox } from './inbox.js'
import { keysOf } from './keys.js'
import { Leases } from './leases.js'
import { redisCoordinationLimits, type RedisCoordinationLimits } from './limits.js'
import { Missed } from './missed.js'
import { Post } from './post.js'
import { Presence } from './presence.js'
import { takeRate } from './rates.js'
import { healthOf } from './reasons.js'
import { Roster } from './roster.js'
import { nameOfServers, type RedisServers } from './servers.js'
import { Sessions } from './sessions.js'
import { listIn, type Surroundings } from './surroundings.js'
import { Wire, type WireOptions } from './wire.js'

export interface RedisCoordinationOptions {
  readonly node: NodeIdentity
  readonly servers: RedisServers
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  /** In front of every key. Nodes that share records share it. */
  readonly prefix?: string
  readonly limits?: Partial<RedisCoordinationLimits>
}

export const openRedisCoordination = (options: RedisCoordinationOptions): Coordination => {
  const prefix = options.prefix ?? 'tg'
  if (!/^[A-Za-z0-9._-]{1,32}$/.test(prefix)) {
    throw new RangeError('openRedisCoordination: a prefix is 1 to 32 letters, digits, dots, dashes')
  }
  const { name, incarnation } = options.node
  if (name === '' || incarnation === '' || incarnation.includes(' ')) {
    throw new RangeError(
      'openRedisCoordination: a node has a name, and an incarnation without spaces',
    )
  }
  return new RedisCoordination(options, prefix)
}

class RedisCoordination implements Coordination {
  readonly node: NodeIdentity
  readonly #servers: string
  readonly #around: Surroundings
  readonly #presence: Presence
  readonly #roster: Roster
  readonly #sessions: Sessions
  readonly #post: Post
  readonly #inbox: Inbox
  readonly #calls: Calls
  readonly #leases: Leases
  readonly #missed: Missed
  readonly #wires: readonly Wire[]
  #handler: CoordinationHandler | undefined
  #given = 0
  #stopping: Promise<void> | undefined

  constructor(options: RedisCoordinationOptions, prefix: string) {
    const { node, servers, clock, timers, log } = options
    const limits = { ...redisCoordinationLimits, ...options.limits }
    const chance = chanceOf(node.incarnation)
    const secrets = [
      servers.password ?? '',
      'sentinelPassword' in servers ? servers.sentinelPassword : '',
    ]
      .filter((secret) => secret !== undefined && secret !== '')
      .map(String)
    const wire = (
      purpose: string,
      blocksMs: number,
      events: Pick<WireOptions, 'connected' | 'lost' | 'shaken' | 'message'>,
    ): Wire => {
      const connectionName = `tillgate-${purpose}`
      const open = () => {
        const special =
          purpose === 'calls' ? { listens: chance() } : { watches: purpose === 'commands' }
        return openClient({ servers, limits, connectionName, blocksMs, ...special })
      }
      return new Wire({ open, limits, timers, chance, secrets, ...events })
    }

    this.node = node
    this.#servers = nameOfServers(servers)
    const commands = wire('commands', 0, {
      connected: () => this.#presence.connected(),
      lost: () => {
        this.#presence.lost()
        // Another server may be master by now, and the others still with the former one.
        if (servers.kind === 'sentinel')
          for (const other of [reader, ear]) other.drop(commands.fault)
      },
      shaken: () => this.#rebuild(),
    })
    const reader = wire('inbox', limits.inboxBlockMs, {
      connected: () => this.#inbox.connected(),
      // What has befallen this connection has perhaps befallen the other: it is looked at now.
      lost: () => {
        this.#inbox.lost()
        this.#presence.wake()
      },
    })
    const ear = wire('calls', 0, {
      connected: () => void this.#calls.connected(),
      lost: () => undefined,
      message: (text) => this.#calls.heard(text),
    })
    this.#wires = [commands, reader, ear]
    const keys = keysOf(prefix, node)
    this.#around = { node, keys, limits, clock, timers, log, wire: commands }

    const maySend = (): boolean => this.#presence.reachable
    this.#roster = new Roster(this.#around)
    this.#presence = new Presence(this.#around, this.#roster, {
      rebuild: () => this.#rebuild(),
      beaten: () => this.#beaten(),
    })
    this.#sessions = new Sessions(this.#around, this.#roster, {
      mayTell: () => this.#presence.reachable && this.#presence.holds,
      displaced: (former, notices) => void this.#post.send(former, notices),
      moved: (notice) => this.#deliver(() => this.#handler?.notice(notice)),
    })
    this.#post = new Post(this.#around, this.#sessions, maySend)
    this.#inbox = new Inbox(this.#around, reader, {
      notice: (notice) => this.#received(notice),
      missed: () => this.#missed.mark(),
    })
    this.#calls = new Calls(this.#around, ear, {
      maySend,
      called: (call) => this.#deliver(() => this.#handler?.called(call)),
    })
    this.#leases = new Leases(this.#around, {
      reachable: maySend,
      holdsName: () => this.#presence.holds,
    })
    this.#missed = new Missed(this.#around, () => this.#deliver(() => this.#handler?.missed()))
  }

  start(handler: CoordinationHandler): Promise<void> {
    this.#handler = handler
    for (const wire of this.#wires) wire.start()
    this.#presence.wake()
    this.#leases.wake()
    return Promise.resolve()
  }

  own(terminalId: number, fence: number): void {
    if (this.#stopping === undefined) this.#sessions.own(terminalId, fence)
  }

  disown(terminalId: number, fence: number): void {
    if (this.#stopping === undefined) this.#sessions.disown(terminalId, fence)
  }

  tell(notice: Parameters<Coordination['tell']>[0]): void {
    if (this.#stopping !== undefined) return
    if (!this.#sessions.has(notice.terminalId)) return this.#post.tell(notice)
    this.#given++
    this.#deliver(() => this.#handler?.notice(notice))
  }

  call(call: Parameters<Coordination['call']>[0]): void {
    if (this.#stopping !== undefined) return
    this.#calls.call(call)
    this.#deliver(() => this.#handler?.called(call))
  }

  async online(terminalIds: readonly number[]): Promise<ReadonlySet<number> | undefined> {
    const { wire, keys, limits } = this.#around
    const online = new Set(terminalIds.filter((terminalId) => this.#sessions.has(terminalId)))
    const others = terminalIds.filter((terminalId) => !online.has(terminalId))
    if (others.length === 0) return online
    if (!this.#presence.reachable || others.length > limits.onlineMax) return undefined
    const asked = [...byBucket(others, (terminalId) => terminalId)]
    const [living, ...answers] = await Promise.all([
      this.#roster.living(),
      ...asked.map(([bucket, ids]) => wire.send('hmget', [keys.sessions(bucket), ...ids])),
    ])
    if (living === undefined) return undefined
    for (const [i, [, ids]] of asked.entries()) {
      const answer = answers[i]
      if (answer === undefined || !answer.ok) return undefined
      const values = listIn(answer.value)
      for (const [j, terminalId] of ids.entries()) {
        const incarnation = holdingIn(values[j])?.holder.incarnation
        // What this node holds it knows without asking.
        if (incarnation === undefined || incarnation === this.node.incarnation) continue
        if (living.has(incarnation)) online.add(terminalId)
      }
    }
    return online
  }

  lease(name: string): ReturnType<Coordination['lease']> {
    return this.#leases.lease(name)
  }

  take(question: RateQuestion): Promise<RateAnswer | undefined> {
    if (!this.#presence.reachable) return Promise.resolve(undefined)
    return takeRate(this.#around, question)
  }

  async nodes(): Promise<readonly string[] | undefined> {
    if (!this.#presence.reachable) return undefined
    const cards = await this.#roster.recent()
    return cards?.map(({ name }) => name)
  }

  health(): ReturnType<Coordination['health']> {
    const { clocksApartMsMax, nodeTtlMs } = this.#around.limits
    return healthOf({
      servers: this.#servers,
      node: this.node,
      presence: this.#presence,
      cards: this.#roster.cards,
      clocksApartMsMax,
      nodeTtlMs,
      inbox: this.#inbox.trouble,
    })
  }

  counts(): ReturnType<Coordination['counts']> {
    return {
      noticesSent: this.#post.sent + this.#given,
      noticesReceived: this.#inbox.received + this.#given,
      noticesDropped: this.#post.dropped + this.#sessions.dropped,
      missed: this.#missed.count,
      reachable: this.#presence.reachable,
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  async #stop(): Promise<void> {
    this.#handler = undefined
    this.#calls.stop()
    this.#missed.stop()
    const { timers, limits } = this.#around
    const parting = Promise.all([
      this.#sessions.stop(),
      this.#post.stop(),
      this.#leases.stop(),
      this.#presence.stop(),
      this.#inbox.stop(),
    ])
    await new Promise<void>((resolve) => {
      const bound = timers.after(limits.stopMsMax, resolve)
      void parting.then(() => {
        bound.cancel()
        resolve()
      })
    })
    for (const wire of this.#wires) wire.close()
  }

  #rebuild(): void {
    this.#sessions.tellAll()
    this.#leases.wake()
    this.#missed.mark()
  }

  #beaten(): void {
    this.#sessions.tellSome()
    void this.#inbox.keep()
  }

  /** What was meant for somebody else by now goes on to them, or Redis learns that nobody holds it. */
  #received(notice: Notice): void {
    if (notice.kind === 'lane' && !this.#sessions.has(notice.terminalId)) {
      this.#post.tell(notice)
    } else this.#deliver(() => this.#handler?.notice(notice))
  }

  /** Whoever is told must not throw; where one does all the same, the reader goes on. */
  #deliver(give: () => void): void {
    try {
      give()
    } catch (error) {
      this.#around.log.error('a hint was not taken', { error })
    }
  }
}
