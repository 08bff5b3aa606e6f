import { createPrng, readFlash } from '@tillgate/device-sim'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { isLostSale, salesAtHost } from '../../demo/count.js'
import { makeFleet, type Member } from '../../demo/fleet.js'
import { openScene, type Scene } from '../../demo/scene.js'
import { startTillgateProcess } from '../../demo/tillgate-process.js'
import { pause } from '../../ground/index.js'
import { startLoad } from './load.js'

const kills = 50
const terminals = 12
const seed = process.env['TILLGATE_SEED'] ?? 'fifty'
/** Between being ready and being killed. */
const lifeMsMax = 900

interface CommandWithLedger {
  readonly state: string
  readonly open: boolean
  readonly ledger: readonly { readonly kind: string }[]
  readonly proofs: readonly unknown[]
}

let scene: Scene
let fleet: readonly Member[]

const quiet = { step: () => undefined, at: () => undefined, end: () => undefined }

beforeAll(async () => {
  scene = await openScene(seed, startTillgateProcess)
  fleet = await makeFleet(scene, { terminals, seed, ideal: true }, quiet)
}, 120_000)

afterAll(async () => {
  await Promise.all(fleet.map(async ({ terminal }) => terminal?.stop()))
  await scene.end(false)
}, 60_000)

const ends = new Set(['command.done', 'command.attested', 'command.refused', 'command.failed'])

it(`loses nothing and does nothing twice when killed at 50 moments under load (seed ${seed})`, async () => {
  const chance = createPrng(seed)
  const load = startLoad(scene.api, fleet)
  for (let i = 0; i < kills; i++) {
    await pause(chance.float() * lifeMsMax)
    await scene.tillgate.misfortune(quiet)
  }
  await load.finish()
  await Promise.all(fleet.map(async ({ terminal }) => terminal?.stop()))

  const unbound = new Map<string, number>()
  for (const { id, type, member } of load.answered) {
    // I1: what was answered 2xx is there, and has ended.
    const command = await scene.api.get<CommandWithLedger>(`/v1/commands/${id}`)
    expect(command, id).toMatchObject({ state: 'done', open: false })
    // I2: it ended once, with one proof where it destroyed.
    const ended = command.ledger.filter(({ kind }) => ends.has(kind))
    expect(ended, id).toHaveLength(1)
    expect(command.proofs, id).toHaveLength(type === 'Unbind' ? 1 : 0)
    if (type === 'Unbind') unbound.set(member.sn, (unbound.get(member.sn) ?? 0) + 1)
  }
  for (const { sn, flashFile } of fleet) {
    expect(readFlash(flashFile).cells.erasureCounter ?? 0, sn).toBe(unbound.get(sn) ?? 0)
  }
  const atHost = await salesAtHost(scene.hostFolder)
  expect(load.sold.filter((sold) => isLostSale(sold, atHost))).toEqual([])
  expect([...atHost.values()].filter((entries) => entries.length > 1)).toEqual([])
  expect(scene.tillgate.kills).toBe(kills)
  expect(load.rounds).toBeGreaterThanOrEqual(terminals)
}, 600_000)
