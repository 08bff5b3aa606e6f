/** A thousand terminals that something befalls: how long until all are back, and whether each is served then. */
import {
  createMemoryFlash,
  manufacture,
  manufactureKeyOf,
  serialNumber,
  startFleet,
  systemEntropy,
  type Fleet,
  type MemoryFlash,
} from '@tillgate/device-sim'
import type { GatewayNode } from '@tillgate/gateway'
import { nodePrimitives } from '@tillgate/protocol/node'
import { expect, type TestContext } from 'vitest'

import { concurrently } from '../demo/concurrently.js'
import { enrolFlash, registerTerminal } from '../e2e/enrolled.js'
import { waitFor } from '../ground/index.js'
import { backMsMax, Toll, type Judged } from './toll.js'

const count = 1_000
const seed = 'thousand'
const width = 16
const all = Array.from({ length: count }, (_, index) => serialNumber(seed, index))
/** Who comes back later than allowed is waited for, to be seen in the row. */
const onlineMsMax = 5 * 60_000

const enrolAll = async ({ services }: GatewayNode): Promise<ReadonlyMap<string, MemoryFlash>> => {
  const manufactureKey = manufactureKeyOf(nodePrimitives, 'nobody')
  const factory = { primitives: nodePrimitives, entropy: systemEntropy, manufactureKey }
  const flashes = new Map<string, MemoryFlash>()
  await concurrently(all, width, async (sn) => {
    const flash = createMemoryFlash()
    await manufacture({ ...factory, model: 'SIM-P1' }, sn, flash)
    await registerTerminal(services, sn)
    await enrolFlash(services, sn, flash)
    flashes.set(sn, flash)
  })
  return flashes
}

interface Ear {
  toll: Toll | undefined
}

export class Thousand {
  readonly #people: GatewayNode
  readonly #fleet: Fleet
  readonly #ear: Ear

  private constructor(people: GatewayNode, fleet: Fleet, ear: Ear) {
    this.#people = people
    this.#fleet = fleet
    this.#ear = ear
  }

  /** Enrolled, and online at this port. */
  static async start(people: GatewayNode, mqttsPort: number): Promise<Thousand> {
    const flashes = await enrolAll(people)
    const ear: Ear = { toll: undefined }
    const fleet = await startFleet({
      count,
      seed,
      url: `mqtts://localhost:${String(mqttsPort)}`,
      flashFor: (sn) => flashes.get(sn)!,
      observe: (sn, seen) => ear.toll?.hear(sn, seen),
    })
    const thousand = new Thousand(people, fleet, ear)
    try {
      await fleet.online(onlineMsMax)
      return thousand
    } catch (error) {
      await thousand.stop()
      throw error
    }
  }

  /** Until every terminal has its session again, and has done one more command, once. */
  async befall(
    context: Pick<TestContext, 'task'>,
    situation: string,
    misfortune: () => Promise<void>,
  ): Promise<void> {
    const toll = new Toll(`1,000 terminals: ${situation}`)
    this.#ear.toll = toll
    await misfortune()
    await this.#fleet.online(onlineMsMax)
    const judged = await this.#eachDoesOneMore()
    toll.giveRow(context, judged)
    expect(judged, situation).toEqual({ ordered: count, lost: 0, doubled: 0 })
    expect(toll.longestMs, situation).toBeLessThan(backMsMax)
  }

  stop(): Promise<void> {
    return this.#fleet.stop()
  }

  async #eachDoesOneMore(): Promise<Judged> {
    const { commands, records } = this.#people.services
    const uuids = await concurrently(all, width, async (sn) => {
      const payload = { type: 'SelfTest' } as const
      const ordered = await commands.order({ sn, payload, actor: 'test' })
      if (!ordered.ok) throw new Error(`${sn}: ${ordered.code}`)
      return ordered.value.uuid
    })
    const terminals = await records.read('terminals', { afterId: 0, limit: count })
    const terminalIds = terminals.map(({ id }) => id)
    const areOver = async (): Promise<boolean> =>
      (await records.read('open-commands', { terminalIds, limit: 1 })).length === 0
    // What is not over by then is lost.
    const isLate = (): undefined => undefined
    await waitFor(areOver, { what: 'their ends', timeoutMs: backMsMax }).catch(isLate)
    const ends = await concurrently(uuids, width, async (uuid) => {
      const shown = await commands.show(uuid)
      const done = shown?.ledger.filter(({ kind }) => kind === 'command.done').length ?? 0
      return { isLost: shown?.command.state !== 'done', isDoubled: done > 1 }
    })
    const lost = ends.filter(({ isLost }) => isLost).length
    const doubled = ends.filter(({ isDoubled }) => isDoubled).length
    return { ordered: ends.length, lost, doubled }
  }
}
