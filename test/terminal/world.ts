// One terminal in a small world without sockets and without real time: the real machine and runner,
// a flash that forgets what was not synced, the simulated host, the fake gateway. Time moves only when
// a test moves it.
import {
  applyChanges,
  createManualTime,
  createMemoryFlash,
  createPrng,
  createSwitch,
  defaultProfile,
  emptyState,
  inProcessPort,
  manufactured,
  manufactureKeyOf,
  memoryJournal,
  nodeCrypto,
  quickTimings,
  RunningTerminal,
  type Behaviour,
  type Effect,
  type Entropy,
  type FlashImage,
  type ManualTime,
  type MemoryFlash,
  type Observation,
  type Profile,
  type Switch,
} from '@tillgate/device-sim'
import type { PublicKeyHandle } from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'
import { FakeGateway, type CommandParts } from './fake-gateway.js'
import { makeSigners, signerListOf, type Signers } from './signers.js'

export const sn = 'SIM-0001'
export const merchant = { acquirerCode: 'ACQ1', mid: '898111222333444', tid: 'T0000001' }
export const startMs = 1_800_000_000_000

export const bindPayload: CommandParts['payload'] = {
  type: 'Bind',
  ...merchant,
  merchantName: '小卖部',
  storeId: 'store-1',
  keepKeys: false,
}

export const unbindPayload: CommandParts['payload'] = {
  type: 'Unbind',
  reason: 'STORE_CLOSED',
  mid: merchant.mid,
  tid: merchant.tid,
  settleTimeoutS: 600,
}

export const quickProfile: Profile = {
  ...defaultProfile,
  timings: quickTimings(defaultProfile.timings, 0.1),
}

const signers = makeSigners()
const manufactureKey = manufactureKeyOf(nodePrimitives, 'test')

/** A terminal that has been enrolled, before it is switched on; its key is the same in every world. */
export const enrolledImage = (() => {
  const factory = {
    primitives: nodePrimitives,
    entropy: createPrng(sn),
    manufactureKey,
    model: 'M',
  }
  const image = applyChanges(createMemoryFlash().read(), manufactured(factory, sn))
  const { identity } = nodeCrypto.makeIdentity(image, sn, 'ES256')
  return applyChanges(image, [
    { cell: 'identity', value: identity },
    { cell: 'certificate', value: { certificate: 'c', chain: 'c' } },
    {
      cell: 'enrolment',
      value: { clientId: sn, offlineRoot: signers.root.spki, mqtts: '', wss: '' },
    },
    { cell: 'signerList', value: { version: 1, envelope: signerListOf(signers, 1) } },
  ])
})()

const identityKey = ((): PublicKeyHandle => {
  const spki = enrolledImage.cells.identity?.spki
  const key = spki === undefined ? undefined : nodePrimitives.importPublicKey(spki, 'ES256')
  if (key === undefined) throw new Error('no identity key')
  return key
})()

export interface World {
  readonly terminal: RunningTerminal
  readonly flash: MemoryFlash
  readonly gateway: FakeGateway
  readonly host: Switch
  readonly time: ManualTime
  readonly signers: Signers
  readonly notes: Observation[]
  /** The effects of every step, as the machine gave them. */
  readonly effects: Effect[]
  /** Requests that the host saw. */
  readonly asked: string[]
  /** The host's line: `cut` answers `unreachable`, `deaf` loses the answer after its effect. */
  hostLine: 'good' | 'cut' | 'deaf'
  /** Lets so much time go by, with everything that falls due in it. */
  run(ms: number): Promise<void>
  /** Until it is so; a test that waits in vain says for what. */
  until(what: string, isSo: () => boolean, withinMs?: number): Promise<void>
}

export interface WorldOptions {
  readonly profile?: Profile
  readonly behaviours?: readonly Behaviour[]
  readonly flash?: FlashImage
  readonly seed?: string
  readonly entropy?: Entropy
  readonly isOff?: boolean
}

/** Promises of the host's port settle between two points of time. */
const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

const stepMs = 5

export const makeWorld = (options: WorldOptions = {}): World => {
  const time = createManualTime(startMs)
  const flash = createMemoryFlash(options.flash ?? enrolledImage)
  const host = createSwitch({
    state: emptyState(),
    journal: memoryJournal(),
    crypto: nodePrimitives,
    manufactureKey,
    clock: time,
    entropy: createPrng('host'),
  })
  const gateway = new FakeGateway({ sn, signers, identity: identityKey, clock: time, timers: time })
  const notes: Observation[] = []
  const effects: Effect[] = []
  const asked: string[] = []
  const port = inProcessPort(host)
  const spy: Behaviour = {
    name: 'spy',
    effects: (done) => {
      effects.push(...done)
      return done
    },
  }
  const terminal = new RunningTerminal({
    sn,
    flash,
    transport: gateway,
    host: {
      exchange: async (request) => {
        if (world.hostLine === 'cut') return { ok: false, code: 'unreachable' }
        asked.push(request.kind)
        const answer = await port.exchange(request)
        return world.hostLine === 'deaf' ? { ok: false, code: 'timeout' } : answer
      },
    },
    clock: time,
    timers: time,
    entropy: options.entropy ?? createPrng(options.seed ?? 'terminal'),
    crypto: nodeCrypto,
    profile: options.profile ?? quickProfile,
    behaviours: [...(options.behaviours ?? []), spy],
    observe: (note) => void notes.push(note),
  })
  const run = async (ms: number): Promise<void> => {
    await settle()
    for (let left = ms; left > 0; left -= stepMs) {
      time.advance(Math.min(stepMs, left))
      await settle()
    }
  }
  const world: World = {
    terminal,
    flash,
    gateway,
    host,
    time,
    signers,
    notes,
    effects,
    asked,
    hostLine: 'good',
    run,
    until: async (what, isSo, withinMs = 120_000) => {
      for (let waited = 0; !isSo(); waited += stepMs) {
        if (waited > withinMs) throw new Error(`waited in vain for ${what}`)
        await run(stepMs)
      }
    },
  }
  if (options.isOff !== true) terminal.boot()
  return world
}

/** Connected and welcomed. */
export const online = async (options: WorldOptions = {}): Promise<World> => {
  const world = makeWorld(options)
  await world.until('a welcome', () => world.terminal.state().session.open !== undefined)
  return world
}

/** Bound to the merchant, and signed on. */
export const bound = async (options: WorldOptions = {}): Promise<World> => {
  const world = await online(options)
  await world.host.register(merchant, sn)
  await bind(world)
  return world
}

export const bind = async (world: World): Promise<void> => {
  world.gateway.order({ payload: bindPayload })
  world.gateway.bindingEpoch++
  const { flash } = world
  await world.until('a sign-on', () => flash.durable().cells.batchHead?.open === true)
}

export const sell = async (world: World, amountMinor: number): Promise<string> => {
  let outcome = ''
  void world.terminal.sale(amountMinor).then((end) => {
    outcome = end.outcome
  })
  await world.until('the end of a sale', () => outcome !== '')
  return outcome
}

export interface Prepared {
  readonly commandId: Uint8Array
  readonly hash: Uint8Array
  readonly nonce: Uint8Array
}

export const prepare = async (world: World): Promise<Prepared> => {
  const before = world.gateway.said('ready')
  const { command, hash } = world.gateway.order({ payload: unbindPayload })
  await world.until('Ready', () => world.gateway.said('ready') > before)
  const nonce = world.gateway.last('ready').uplink.message.readyNonce
  return { commandId: command.commandId, hash, nonce }
}

export const proceed = (
  { gateway }: World,
  { commandId, hash, nonce }: Prepared,
  change: { readonly nonce?: Uint8Array; readonly hash?: Uint8Array } = {},
): Uint8Array =>
  gateway.send({
    kind: 'proceed',
    commandId,
    seq: ++gateway.seq,
    readyNonce: change.nonce ?? nonce,
    commandHash: change.hash ?? hash,
  })
