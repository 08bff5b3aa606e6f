// Three gateways and two nodes for people on one PostgreSQL and one group of Redis servers, under load, and
// what befalls them: each misfortune several times, then the reckoning. TILLGATE_LONG takes it further.
import { afterEach, expect, it } from 'vitest'

import {
  adminKilled,
  gatewayHangs,
  gatewayKilled,
  redisFailsOver,
  rollingRestart,
} from '../../cluster/misfortunes.js'
import { startClusterWith, type Misfortune } from '../../cluster/start-cluster.js'
import { makeFleet } from '../../demo/fleet.js'
import { openScene, type Scene } from '../../demo/scene.js'
import { noPostgres, pause, requireProgram } from '../../ground/index.js'
import { startLoad } from '../gateway/load.js'
import { expectNothingLostOrDoubled } from '../gateway/verdict.js'
import { backMsMax, isLong, times, Toll } from '../toll.js'

const terminals = 12
const seed = process.env['TILLGATE_SEED'] ?? 'cluster'
/** Between two misfortunes. */
const calmMs = 1_500
const patienceMs = (isLong ? 60 : 8) * 60_000
const missing = noPostgres() ?? (requireProgram('redis-server') ? undefined : 'needs redis-server')
const quiet = { step: () => undefined, at: () => undefined, end: () => undefined }

let scene: Scene | undefined
afterEach(async () => {
  await scene?.end(false)
  scene = undefined
}, 60_000)

const under = (what: string, round: readonly ((index: number) => Misfortune)[]): void => {
  it(
    `loses nothing and does nothing twice: ${what} (seed ${seed})`,
    { timeout: patienceMs },
    async (context) => {
      if (missing !== undefined) context.skip(missing)
      let next: Misfortune = async () => undefined
      const opened = await openScene(
        seed,
        startClusterWith((standing, progress) => next(standing, progress)),
      )
      scene = opened
      const toll = new Toll(`three gateways: ${what}`)
      const observe = toll.hear.bind(toll)
      const fleet = await makeFleet(opened, { terminals, seed, ideal: true, observe }, quiet)
      const load = await startLoad(opened.api, fleet)
      for (let i = 0; i < times; i++) {
        for (const misfortune of round) {
          await pause(calmMs)
          next = misfortune(i)
          await opened.tillgate.misfortune(quiet)
        }
      }
      await expectNothingLostOrDoubled(context, toll, { scene: opened, fleet, load })
      expect(toll.longestMs).toBeLessThan(backMsMax)
      expect(load.rounds).toBeGreaterThanOrEqual(terminals)
    },
  )
}

under(`${String(times)} Redis failovers and ${String(times)} gateway kills`, [
  () => redisFailsOver,
  (index) => gatewayKilled(index),
])

if (isLong) {
  under('20 each of gateways that hang, nodes for people that die, rolling restarts', [
    (index) => gatewayHangs(index),
    (index) => adminKilled(index),
    () => rollingRestart,
  ])
}
