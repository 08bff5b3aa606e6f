/**
 * One virtual terminal of a stage: on real sockets, with its own flash in memory, a line that can lose
 * things, and short working times. It knows what a test wants to know of it, and of its TID at the host.
 */
import {
  createMemoryFlash,
  defaultProfile,
  manufacture,
  nodeCrypto,
  openTransport,
  quickTimings,
  startTerminal,
  systemClock,
  systemEntropy,
  systemTimers,
} from '@tillgate/device-sim'
import type {
  Behaviour,
  MemoryFlash,
  Observation,
  RunningTerminal,
  TidLedger,
  Timings,
} from '@tillgate/device-sim'
import type { Enrolled } from '@tillgate/gateway'
import { nodePrimitives } from '@tillgate/protocol/node'

import { waitFor } from '../ground/index.js'
import { approveUnbind } from './approval.js'
import { enrolFlash, registerTerminal } from './enrolled.js'
import { LossyLine } from './lossy-line.js'
import { acquirerCode, mid, patienceMs, type Stage } from './stage.js'

export interface TillOptions {
  readonly number: number
  readonly over?: 'tls' | 'wss'
  readonly version?: 4 | 5
  readonly timings?: Partial<Timings>
  readonly behaviours?: readonly Behaviour[]
  /** Hears everything that it shows. */
  readonly observe?: (sn: string, seen: Observation) => void
}

const timings: Timings = {
  ...quickTimings(defaultProfile.timings, 0.02),
  hostRetryMsMin: 50,
  hostRetryMsMax: 400,
  welcomeMs: 3_000,
}

const workingKeys = ['PIK', 'MAK', 'TDK'] as const

export class Till {
  readonly sn: string
  readonly line = new LossyLine()
  readonly flash: MemoryFlash = createMemoryFlash()
  readonly heard: Observation[] = []
  terminalId = 0
  tid = ''
  enrolled: Enrolled | undefined
  readonly #stage: Stage
  readonly #options: TillOptions
  #terminal: RunningTerminal | undefined
  #bindings = 0

  constructor(stage: Stage, options: TillOptions) {
    this.#stage = stage
    this.#options = options
    this.sn = `E2E-${String(options.number).padStart(4, '0')}`
  }

  get terminal(): RunningTerminal {
    if (this.#terminal === undefined) throw new Error('the terminal was never switched on')
    return this.#terminal
  }

  async enrol(): Promise<void> {
    const { services, host } = this.#stage
    const factory = { primitives: nodePrimitives, entropy: systemEntropy, model: 'SIM-P1' }
    await manufacture({ ...factory, manufactureKey: host.manufactureKey }, this.sn, this.flash)
    this.terminalId = await registerTerminal(services, this.sn)
    this.enrolled = await enrolFlash(services, this.sn, this.flash)
  }

  /** Until it is greeted. */
  async switchOn(): Promise<void> {
    const { over = 'tls', version = 5, behaviours = [] } = this.#options
    const { node } = this.#stage
    const url =
      over === 'tls'
        ? `mqtts://localhost:${String(this.#stage.mqttsPort)}`
        : `wss://localhost:${String(node.ports.wss)}/mqtt`
    const transport = openTransport({ url, timers: systemTimers, version })
    this.#terminal = startTerminal({
      sn: this.sn,
      flash: this.flash,
      transport: this.line.over(transport),
      host: this.#stage.hostClient(),
      clock: systemClock,
      timers: systemTimers,
      entropy: systemEntropy,
      crypto: nodeCrypto,
      profile: {
        ...defaultProfile,
        timings: { ...timings, ...this.#options.timings },
        reconnect: { ...defaultProfile.reconnect, delayMsMin: 50, delayMsMax: 300 },
      },
      behaviours: [...behaviours, this.line.behaviour],
      observe: (observation) => {
        this.heard.push(observation)
        this.#options.observe?.(this.sn, observation)
      },
    })
    await this.until('a Welcome', () => this.terminal.state().session.open !== undefined)
  }

  /** Until it is signed on at the host under the new TID. */
  async bind(merchantUuid: Uint8Array): Promise<void> {
    this.#bindings += 1
    this.tid = `${this.sn.slice(-4)}${String(this.#bindings).padStart(4, '0')}`
    const { host, services } = this.#stage
    await host.theSwitch.register({ acquirerCode, mid, tid: this.tid }, this.sn)
    const { sn, tid } = this
    const bound = await services.commands.bind({ sn, merchantUuid, tid, actor: 'e2e' })
    if (!bound.ok) throw new Error(`${sn}: Bind: ${bound.code}`)
    const { commandUuid } = bound.value
    if (commandUuid === undefined) throw new Error(`${sn}: no Bind`)
    await this.#stage.until(commandUuid, 'done')
    await this.until('a sign-on', () => this.flash.durable().cells.batchHead?.open === true)
  }

  /** Opens an unbind case that a second person has approved; the Unbind that it orders. */
  async unbind(): Promise<Uint8Array> {
    const { sn } = this
    const stage = this.#stage
    await approveUnbind(stage, sn)
    const wish = { sn, reason: 'BUSINESS_ADJUSTMENT', actor: 'e2e' }
    const opened = await stage.services.cases.open(wish)
    if (!opened.ok) throw new Error(`${sn}: the case: ${opened.code}`)
    const { uuid } = opened.value
    const ordered = async (): Promise<Uint8Array | null | undefined> =>
      (await stage.services.cases.show(uuid))?.unbindCase.commandUuid
    return waitFor(ordered, { what: `${sn}: the Unbind of its case`, timeoutMs: patienceMs })
  }

  /** The outcome of a sale, now. */
  async sell(amountMinor: number): Promise<string> {
    return (await this.terminal.sale(amountMinor)).outcome
  }

  /** Sells `count` times, each approved. */
  async sellAll(count: number): Promise<void> {
    for (let i = 1; i <= count; i++) {
      const { outcome, reason } = await this.terminal.sale(i * 100)
      if (outcome !== 'approved') throw new Error(`${this.sn}: a sale was ${outcome}: ${reason}`)
    }
  }

  /** The working keys that it holds, as the flash would tell after a power loss. */
  keysHeld(): readonly string[] {
    const { slots } = this.flash.durable().areas
    return workingKeys.filter((purpose) => slots.get(purpose)?.state === 'ACTIVE')
  }

  /** The proofs in its flash, and whether Tillgate has said that it has them. */
  proofs(): readonly { readonly receipted: boolean }[] {
    return [...this.flash.durable().areas.evidence.values()].filter(({ kind }) => kind === 'proof')
  }

  atHost(): TidLedger {
    const ledger = this.#stage.host.theSwitch.ledger({ acquirerCode, mid, tid: this.tid })
    if (ledger === undefined) throw new Error(`the host has no ${this.tid}`)
    return ledger
  }

  noted(what: Observation['what'], detail?: string): number {
    return this.heard.filter(
      (note) =>
        note.what === what &&
        (detail === undefined || ('detail' in note && note.detail === detail)),
    ).length
  }

  until(what: string, isSo: () => boolean): Promise<unknown> {
    return waitFor(isSo, { what: `${this.sn}: ${what}`, timeoutMs: patienceMs })
  }

  async end(): Promise<void> {
    await this.#terminal?.stop()
  }
}
