import { createPrng } from '@tillgate/device-sim'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { makeFleet, type Member } from '../../demo/fleet.js'
import { openScene, type Scene } from '../../demo/scene.js'
import { startTillgateProcess } from '../../demo/tillgate-process.js'
import { pause } from '../../ground/index.js'
import { isLong, Toll } from '../toll.js'
import { startLoad } from './load.js'
import { expectNothingLostOrDoubled } from './verdict.js'

/** Fifty take three minutes, most of it the starts of processes. */
const kills = isLong ? 50 : 15
const terminals = 12
const seed = process.env['TILLGATE_SEED'] ?? 'kills'
/** Between being ready and being killed. */
const lifeMsMax = 900

let scene: Scene
let fleet: readonly Member[]

const toll = new Toll(`one gateway: ${String(kills)} SIGKILLs`)
const observe = toll.hear.bind(toll)
const quiet = { step: () => undefined, at: () => undefined, end: () => undefined }

beforeAll(async () => {
  scene = await openScene(seed, startTillgateProcess)
  fleet = await makeFleet(scene, { terminals, seed, ideal: true, observe }, quiet)
}, 120_000)

afterAll(async () => {
  await Promise.all(fleet.map(async ({ terminal }) => terminal?.stop()))
  await scene.end(false)
}, 60_000)

it(`loses nothing and does nothing twice when killed at ${String(kills)} moments under load (seed ${seed})`, async (context) => {
  const chance = createPrng(seed)
  const load = await startLoad(scene.api, fleet)
  for (let i = 0; i < kills; i++) {
    await pause(chance.float() * lifeMsMax)
    await scene.tillgate.misfortune(quiet)
  }
  await expectNothingLostOrDoubled(context, toll, { scene, fleet, load })
  expect(scene.tillgate.kills).toBe(kills)
  expect(load.rounds).toBeGreaterThanOrEqual(terminals)
}, 600_000)
