import { createPrng } from '@tillgate/device-sim'
import { openNode } from '@tillgate/gateway'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'

import { makeFleet, type Member } from '../../demo/fleet.js'
import { openScene, type Scene } from '../../demo/scene.js'
import { TillgateProcess } from '../../demo/tillgate-process.js'
import type { StartTillgate } from '../../demo/tillgate.js'
import { silent } from '../../e2e/stage.js'
import { pause, requireProgram, testWith, type Mosquitto } from '../../ground/index.js'
import { startLoad } from '../gateway/load.js'
import { expectNothingLostOrDoubled } from '../gateway/verdict.js'
import { backMsMax, isLong, times, Toll } from '../toll.js'
import { startBehindMosquitto } from './behind-mosquitto.js'

const programs = ['mosquitto'] as const
const terminals = 6
const seed = process.env['TILLGATE_SEED'] ?? 'broker'
const lifeMsMax = 4_000

let mosquitto: Mosquitto | undefined
let scene: Scene | undefined
let fleet: readonly Member[] = []

const toll = new Toll(`one gateway behind a broker: ${String(times)} SIGKILLs`)
const observe = toll.hear.bind(toll)
const quiet = { step: () => undefined, at: () => undefined, end: () => undefined }

/** The CA is there before the process is: the broker's certificate comes from it. */
const startBrokered: StartTillgate = async (folder, host) => {
  const dataFolder = join(folder, 'data')
  const maker = await openNode({
    dataFolder,
    log: silent,
    link: 'none',
    listener: { host: '127.0.0.1', mqttsPort: 0, wssPort: 0 },
    publicHosts: ['localhost'],
    hostAdapter: { kind: 'recorder' },
  })
  const behind = await startBehindMosquitto(maker)
  mosquitto = behind.mosquitto
  await maker.stop()
  const TILLGATE_MQTTS_PORT = String(behind.ports.terminals)
  const environment = { ...behind.environment, TILLGATE_MQTTS_PORT }
  const tillgate = new TillgateProcess({ dataFolder, host, environment })
  await tillgate.start()
  return tillgate
}

beforeAll(async () => {
  if (!programs.every(requireProgram)) return
  scene = await openScene(seed, startBrokered)
  fleet = await makeFleet(scene, { terminals, seed, ideal: true, observe }, quiet)
}, 120_000)

afterAll(async () => {
  await Promise.all(fleet.map(async ({ terminal }) => terminal?.stop()))
  await scene?.end(false)
  await mosquitto?.kill()
}, 60_000)

testWith(
  programs,
  `${String(times)} times under load, while its terminals stay at the broker: nothing is lost, nothing done twice (seed ${seed})`,
  async (context) => {
    if (scene === undefined) throw new Error('no scene')
    const chance = createPrng(seed)
    const load = await startLoad(scene.api, fleet)
    for (let i = 0; i < times; i++) {
      await pause(chance.float() * lifeMsMax)
      await scene.tillgate.misfortune(quiet)
    }
    await expectNothingLostOrDoubled(context, toll, { scene, fleet, load })
    expect(toll.longestMs).toBeLessThan(backMsMax)
    expect(scene.tillgate.kills).toBe(times)
    expect(load.rounds).toBeGreaterThanOrEqual(terminals)
  },
  isLong ? 1_800_000 : 240_000,
)
