/**
 * The gateway of a world: the core over records, link and host, opened anew after each crash on what
 * the disk kept. A life that is over hears nothing more, and nothing that it still does is felt:
 * every port of it goes dead at once, as memory does when a process is killed.
 * Behind a broker there may be two nodes. Their records are a server's then: they outlive a node.
 */
import {
  createApprovalService,
  createRecorderNotices,
  defaultApprovalPolicy,
  openCore,
  openInProcessCoordination,
  RecordsUnavailable,
  type ApprovalService,
  type Core,
  type Coordination,
  type CoreParts,
  type Host,
  type InputOf,
  type Log,
  type OperationName,
  type Records,
  type Registry,
  type SignerPurpose,
  type Timers,
  type Verifier,
} from '@tillgate/gateway'
import type { Prng } from '@tillgate/device-sim'
import { encodePayload, parsePayload, commandTypeNumbers } from '@tillgate/protocol'

import { within } from './chance.js'
import { simulatedPrimitives } from './crypto.js'
import type { Disk } from './disk.js'
import { signerKeys, signerList, signers } from './factory.js'
import type { NodeEnd, WorldLink } from './link.js'
import { NodesTogether } from './nodes-together.js'
import type { World } from './world.js'

export interface GatewayParts {
  readonly world: World
  readonly disk: Disk
  readonly records: Pick<Records, 'submit' | 'read' | 'health'> & { abandon(): void }
  readonly link: WorldLink
  readonly nodes: number
  readonly host: Host
  readonly registry: Registry
  readonly parts: Partial<CoreParts>
  /** An operation threw: that is never a fault of the world. */
  readonly bug: (error: unknown) => void
}

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

const forEver = <T>(): Promise<T> => new Promise<T>(() => undefined)

const timing = {
  resendMs: 1_000,
  resendMsMax: 8_000,
  proceedPatienceMs: 2_000,
  askMs: 3_000,
  leaseMarginMs: 2_000,
}
/** A beat finds what a nudge has missed: seldom, for each look costs the same whether it finds something. */
const pace = { beatMs: 5_000, sweepMs: 1_000 }
const helloPatienceMs = 1_000

/** What stands behind the API's routes of a node that lives. */
export interface Desk {
  readonly core: Core
  readonly approvals: ApprovalService
  readonly records: Records
}

/** One approver has to be enough for as many as a world asks for, where two are not wanted for all. */
const targetsMax = 10_000

interface LifeParts {
  readonly given: GatewayParts
  /** Of this life alone. */
  readonly name: string
  readonly end: NodeEnd
  readonly coordination: Coordination
}

/** One life of a node, from its opening to its crash. */
class Life {
  readonly core: Core
  readonly desk: Desk
  readonly end: NodeEnd
  readonly #given: GatewayParts
  readonly #chance: Prng
  #isAlive = true

  constructor({ given, name, end, coordination }: LifeParts) {
    this.#given = given
    this.end = end
    const { world } = given
    this.#chance = world.chance(name)
    const entropy = world.chance(`${name} entropy`)
    const ids = { next: () => entropy.bytes(16) }
    const records = this.#records()
    this.core = openCore(
      {
        records,
        coordination,
        host: given.host,
        registry: given.registry,
        notices: createRecorderNotices(),
        signer: {
          key: (purpose) => signerKeys[purpose],
          sign: (purpose, data) => this.#sign(purpose, data),
        },
        verifier: this.#verifier(),
        digest: simulatedPrimitives,
        renewals: {
          renew: () => Promise.resolve({ ok: false, code: 'ILLEGAL_STATE', field: '', rule: '' }),
        },
        clock: world.clock,
        timers: this.#timers(),
        entropy,
        ids,
        log: silent,
        welcome: { heartbeatS: 30, signerList: () => signerList },
        timing,
        pace,
        helloPatienceMs,
        trusts: () => true,
        ...(end.brokered === undefined ? {} : { brokered: end.brokered }),
      },
      given.parts,
    )
    const { approvers } = world.swarm.workload.cases
    const approvals = createApprovalService({
      ...{ records, ids, digest: simulatedPrimitives, clock: world.clock },
      // Codes are checked in their port's contract: here a code is the number of its step.
      people: { stepOf: (_, code) => Promise.resolve(Number(code)) },
      policy: {
        ...defaultApprovalPolicy,
        oneApproverTargetsMax: approvers === 1 ? targetsMax : 0,
      },
    })
    this.desk = { core: this.core, approvals, records }
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  die(): void {
    this.#isAlive = false
    this.end.died()
  }

  /** An answer comes after its delay, and only to the living. */
  #after<T>(delayMs: number, answer: Promise<T>): Promise<T> {
    const delivered =
      delayMs <= 0
        ? answer
        : new Promise<void>((resolve) => {
            this.#given.world.time.after(delayMs, resolve)
          }).then(() => answer)
    return delivered.then(
      (value) => (this.#isAlive ? value : forEver<T>()),
      (error: unknown) => {
        if (!(error instanceof RecordsUnavailable)) this.#given.bug(error)
        if (!this.#isAlive) return forEver<T>()
        throw error
      },
    )
  }

  #records(): Records {
    const { records, world } = this.#given
    return {
      submit: (name, input) => {
        if (!this.#isAlive) return forEver()
        const { refused, answerLost } = world.faults.records
        if (this.#chance.chance(refused)) return Promise.reject(new RecordsUnavailable('as drawn'))
        const answer = records.submit(name, this.#hurried(name, input))
        if (!this.#chance.chance(answerLost)) return this.#after(0, answer)
        return this.#after(
          0,
          answer.then(() => Promise.reject(new RecordsUnavailable('the answer was lost'))),
        )
      },
      read: (name, input) => {
        if (!this.#isAlive) return forEver()
        return this.#after(
          within(this.#chance, world.faults.records.reads),
          records.read(name, input),
        )
      },
      health: () => records.health(),
      close: () => Promise.resolve(),
    }
  }

  /**
   * A case gives its Unbind a day, and its terminal ten minutes to settle: in a world of some seconds it is
   * given as much of them as every other order here.
   */
  #hurried<N extends OperationName>(name: N, input: InputOf<N>): InputOf<N> {
    const { world } = this.#given
    if (name !== 'order-case' || world.isCalm) return input
    const order = input as InputOf<'order-case'>
    const { settleTimeoutS, shortLifetimes } = world.swarm.workload
    const parsed = parsePayload(commandTypeNumbers.Unbind, order.payload)
    if (!parsed.ok || parsed.value.type !== 'Unbind') return input
    const notAfterMs = this.#chance.chance(shortLifetimes)
      ? order.atMs + Math.floor(10 ** (2 + 2 * this.#chance.float()))
      : order.notAfterMs
    const payload = encodePayload({ ...parsed.value, settleTimeoutS })
    return { ...order, payload, notAfterMs } as InputOf<N>
  }

  #timers(): Timers {
    const { time } = this.#given.world
    return {
      after: (delayMs, action) =>
        time.after(delayMs, () => {
          if (this.#isAlive) action()
        }),
    }
  }

  #sign(purpose: SignerPurpose, data: Uint8Array): Promise<Uint8Array> {
    const { delay, fails } = this.#given.world.faults.signer
    if (this.#chance.chance(fails)) return Promise.reject(new Error('no signer, as drawn'))
    const signature = simulatedPrimitives.sign(signers[purpose], data)
    return this.#after(within(this.#chance, delay), Promise.resolve(signature))
  }

  #verifier(): Verifier {
    return {
      importKey: (spki) => simulatedPrimitives.importPublicKey(spki, 'ES256'),
      verify: (items) =>
        this.#after(
          within(this.#chance, this.#given.world.faults.verifier.delay),
          Promise.resolve(
            items.map(({ key, data, signature }) =>
              simulatedPrimitives.verify(key, data, signature),
            ),
          ),
        ),
    }
  }
}

export class SimulatedGateway {
  readonly #given: GatewayParts
  readonly #chance: Prng
  readonly #names: readonly string[]
  readonly #together: NodesTogether | undefined
  readonly #lives = new Map<string, Life>()
  #areOutOfSight = false
  #opened = 0
  #asked = 0

  constructor(given: GatewayParts) {
    this.#given = given
    this.#chance = given.world.chance('nodes')
    this.#names = Array.from({ length: given.nodes }, (_, i) => `node ${String(i + 1)}`)
    this.#together = given.nodes > 1 ? new NodesTogether(() => this.#areOutOfSight) : undefined
  }

  /** Whatever is down comes up. */
  open(): void {
    for (const name of this.#names) if (!this.#lives.has(name)) this.#openNode(name)
  }

  /** One node is gone; where it is the only one, its records are in its process and go with it. */
  crash(edge: 'before' | 'after'): void {
    const living = [...this.#lives]
    const [name, life] = living.length > 1 ? this.#chance.pick(living) : (living[0] ?? [])
    if (name === undefined || life === undefined) return
    this.#lives.delete(name)
    this.#together?.leave(name)
    const { disk, records, world, nodes } = this.#given
    life.die()
    if (nodes === 1) {
      disk.crash(edge)
      records.abandon()
    }
    world.tell({ what: 'gateway', is: 'crashed' })
  }

  /** The answer of the API to a person, while the node that was asked still lives. */
  ask<T>(question: (desk: Desk) => Promise<T>): Promise<T> {
    const living = [...this.#lives.values()]
    const life = living[(this.#asked += 1) % Math.max(1, living.length)]
    if (life === undefined) return forEver()
    return question(life.desk).then((answer) => (life.isAlive ? answer : forEver<T>()))
  }

  /** The nodes of a world that has several lose sight of each other for so long. */
  loseSight(ms: number): void {
    if (this.#together === undefined || this.#areOutOfSight) return
    this.#areOutOfSight = true
    this.#given.world.time.after(ms, () => this.meet())
  }

  meet(): void {
    if (!this.#areOutOfSight) return
    this.#areOutOfSight = false
    this.#together?.meet()
  }

  #openNode(nodeName: string): void {
    const { link, world } = this.#given
    const name = `gateway ${String((this.#opened += 1))}`
    const coordination =
      this.#together?.join(nodeName, name) ?? openInProcessCoordination({ name, incarnation: name })
    const life = new Life({ given: this.#given, name, end: link.nodeEnd(nodeName), coordination })
    this.#lives.set(nodeName, life)
    life.end.serve(life.core)
    life.core.start()
    world.tell({ what: 'gateway', is: 'opened' })
  }
}
