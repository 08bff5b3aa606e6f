/** The terminals of the demo: made, registered, enrolled, bound to merchants, and switched on. */
import { join } from 'node:path'

import {
  createHostClient,
  createPrng,
  enrol,
  EnrolmentFailed,
  manufacture,
  nodeCrypto,
  openFileFlash,
  openTransport,
  quickTimings,
  defaultProfile,
  startTerminal,
  systemClock,
  systemEntropy,
  systemTimers,
  type Behaviour,
  type EnrolOptions,
  type Flash,
  type Observation,
  type RunningTerminal,
  type SaleEnd,
} from '@tillgate/device-sim'
import { nodePrimitives } from '@tillgate/protocol/node'

import { concurrently } from './concurrently.js'
import { behavioursOf } from './faults.js'
import type { Progress } from './progress.js'
import type { Scene } from './scene.js'

/** How one sale ended, as the till told it. */
export interface Sold {
  readonly member: Member
  readonly outcome: SaleEnd['outcome']
  readonly trace: number
  readonly amountMinor: number
}

export interface Member {
  readonly sn: string
  readonly tid: string
  readonly mid: string
  readonly acquirerCode: string
  readonly merchantId: string
  readonly flashFile: string
  readonly flash: Flash
  readonly behaviours: readonly Behaviour[]
  terminal: RunningTerminal | undefined
  /** Every sale that its till has told of, whoever pressed the key. */
  readonly sold: Sold[]
  /** As the acquirer's back office: this terminal may work under a further TID. */
  registerTid(tid: string): Promise<unknown>
}

const terminalsPerMerchant = 20
export const acquirerCode = '48210001'
const width = 16

/** The terminals' own work, compressed; leases and retries keep their length. */
const profile = {
  ...defaultProfile,
  timings: { ...quickTimings(defaultProfile.timings, 0.05), welcomeMs: 3_000 },
  reconnect: { ...defaultProfile.reconnect, delayMsMin: 200, delayMsMax: 3_000 },
}

export interface Merchant {
  readonly id: string
  readonly mid: string
}

const makeMerchants = ({ api }: Scene, count: number): Promise<readonly Merchant[]> =>
  concurrently(Array.from({ length: count }), width, async (_, i) => {
    const mid = `821310054110${String(i).padStart(3, '0')}`
    const body = { acquirerCode, mid, name: `演示商户 ${String(i + 1)}` }
    const { id } = await api.post<{ id: string }>('/v1/merchants', body, `merchant-${String(i)}`)
    return { id, mid }
  })

const patienceMs = 2_000

/** A large fleet from one address meets the limit of enrolments; the same CSR may be sent again. */
const enrolPatiently = async (options: EnrolOptions): Promise<void> => {
  for (;;) {
    try {
      return await enrol(options)
    } catch (error) {
      if (!(error instanceof EnrolmentFailed && error.code === 'RATE_LIMITED')) throw error
      await new Promise((resolve) => setTimeout(resolve, patienceMs))
    }
  }
}

/** Made, registered, and enrolled; the host knows its TID. */
export const makeMember = async (
  scene: Scene,
  { sn, tid, merchant }: { readonly sn: string; readonly tid: string; readonly merchant: Merchant },
  behaviours: readonly Behaviour[],
): Promise<Member> => {
  const { api, host, flashFolder } = scene
  await api.post('/v1/terminals', { sn, vendor: 'SIM', model: 'SIM-P1', assetEpoch: 1 }, `sn-${sn}`)
  const { token } = await api.post<{ token: string }>('/v1/enrolment-tokens', { sn }, `token-${sn}`)
  const flashFile = join(flashFolder, `${sn}.flash`)
  const flash = openFileFlash(flashFile)
  const crypto = nodeCrypto
  const { manufactureKey } = host
  await manufacture(
    { primitives: nodePrimitives, entropy: systemEntropy, manufactureKey, model: 'SIM-P1' },
    sn,
    flash,
  )
  const apiUrl = `https://localhost:${String(scene.tillgate.ports.api)}`
  await enrolPatiently({ sn, flash, crypto, apiUrl, token })
  await host.theSwitch.register({ acquirerCode, mid: merchant.mid, tid }, sn)
  return {
    sn,
    tid,
    mid: merchant.mid,
    acquirerCode,
    merchantId: merchant.id,
    flashFile,
    flash,
    behaviours,
    terminal: undefined,
    sold: [],
    registerTid: (more) =>
      host.theSwitch.register({ acquirerCode, mid: merchant.mid, tid: more }, sn),
  }
}

export const switchOn = (
  scene: Scene,
  member: Member,
  index: number,
  observe: FleetOptions['observe'],
): RunningTerminal => {
  const { host, tillgate, caPem } = scene
  const { mqtts, wss } = tillgate.ports
  // One in eight comes over WebSocket, one in four speaks MQTT 3.1.1.
  const url =
    index % 8 === 7 ? `wss://localhost:${String(wss)}/mqtt` : `mqtts://localhost:${String(mqtts)}`
  return startTerminal({
    sn: member.sn,
    flash: member.flash,
    transport: openTransport({
      url,
      timers: systemTimers,
      version: index % 4 === 3 ? 4 : 5,
      ca: caPem,
    }),
    host: createHostClient({
      host: 'localhost',
      port: host.tlsPort,
      certificatePem: host.certificatePem,
      timers: systemTimers,
    }),
    clock: systemClock,
    timers: systemTimers,
    entropy: systemEntropy,
    crypto: nodeCrypto,
    profile,
    behaviours: member.behaviours,
    observe: (note) => {
      observe?.(member.sn, note)
      if (note.what !== 'sale' && note.what !== 'offline-sale') return
      const { outcome, trace, amountMinor } = note
      member.sold.push({ member, outcome, trace, amountMinor })
    },
  })
}

export interface FleetOptions {
  readonly terminals: number
  readonly seed: string
  /** Without bad luck of their own. */
  readonly ideal?: boolean
  /** Hears everything that a terminal shows. */
  readonly observe?: (sn: string, seen: Observation) => void
}

export const makeFleet = async (
  scene: Scene,
  { terminals, seed, ideal = false, observe }: FleetOptions,
  progress: Progress,
): Promise<readonly Member[]> => {
  const merchants = await makeMerchants(scene, Math.ceil(terminals / terminalsPerMerchant))
  const chance = createPrng(seed)
  let made = 0
  return concurrently(Array.from({ length: terminals }), width, async (_, index) => {
    const behaviours = ideal ? [] : behavioursOf(chance.fork(`terminal ${String(index)}`))
    const merchant = merchants[Math.floor(index / terminalsPerMerchant)]
    if (merchant === undefined) throw new Error('a terminal without a merchant')
    const sn = `DEMO-${String(index + 1).padStart(5, '0')}`
    const tid = `T${String(index + 1).padStart(7, '0')}`
    const member = await makeMember(scene, { sn, tid, merchant }, behaviours)
    member.terminal = switchOn(scene, member, index, observe)
    progress.at('enrolled and connected', (made += 1), terminals)
    return member
  })
}

/** Binds each to its merchant, and waits until every terminal has confirmed. */
export const bindFleet = async (
  { api }: Scene,
  fleet: readonly Member[],
  progress: Progress,
): Promise<void> => {
  let bound = 0
  await concurrently(fleet, width * 2, async ({ sn, tid, merchantId }) => {
    const body = { sn, merchantId, tid }
    const made = await api.post<{ binding: { id: string } }>('/v1/bindings', body, `bind-${sn}`)
    for (;;) {
      const { state } = await api.get<{ state: string }>(`/v1/bindings/${made.binding.id}`)
      if (state === 'ACTIVE') break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    progress.at('bound to merchants', (bound += 1), fleet.length)
  })
}
