import { createPrng } from '@tillgate/device-sim'
import { openNode } from '@tillgate/gateway'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'

import { brokerPorts, gatewayUser, startExampleMosquitto } from '../../broker/example-mosquitto.js'
import { makeFleet, type Member } from '../../demo/fleet.js'
import { openScene, type Scene } from '../../demo/scene.js'
import { TillgateProcess } from '../../demo/tillgate-process.js'
import type { StartTillgate } from '../../demo/tillgate.js'
import { silent } from '../../e2e/stage.js'
import { pause, requireProgram, testWith, type Mosquitto } from '../../ground/index.js'
import { startLoad } from '../gateway/load.js'
import { expectNothingLostOrDoubled } from '../gateway/verdict.js'

const programs = ['mosquitto'] as const
const kills = 5
const terminals = 6
const seed = process.env['TILLGATE_SEED'] ?? 'broker'
const lifeMsMax = 2_000

let mosquitto: Mosquitto | undefined
let scene: Scene | undefined
let fleet: readonly Member[] = []

const quiet = { step: () => undefined, at: () => undefined, end: () => undefined }

/** The CA is there before the process is: the broker's certificate comes from it. */
const startBehindMosquitto: StartTillgate = async (folder, host) => {
  const ports = await brokerPorts()
  const dataFolder = join(folder, 'data')
  const maker = await openNode({
    dataFolder,
    log: silent,
    link: 'none',
    listener: { host: '127.0.0.1', mqttsPort: 0, wssPort: 0 },
    publicHosts: ['localhost'],
    hostAdapter: { kind: 'recorder' },
  })
  const ca = maker.services.caPem
  const caFile = join(folder, 'broker-ca.pem')
  writeFileSync(caFile, ca)
  mosquitto = await startExampleMosquitto(ports, { ...maker.serverTls, ca })
  await maker.stop()
  const tillgate = new TillgateProcess({
    dataFolder,
    host,
    environment: {
      TILLGATE_LINK: 'broker',
      TILLGATE_BROKER_URL: `mqtts://localhost:${String(ports.gateways)}`,
      TILLGATE_BROKER_CA_FILE: caFile,
      TILLGATE_BROKER_USERNAME: gatewayUser.username,
      TILLGATE_BROKER_PASSWORD: gatewayUser.password,
      TILLGATE_MQTTS_PORT: String(ports.terminals),
    },
  })
  await tillgate.start()
  return tillgate
}

beforeAll(async () => {
  if (!programs.every(requireProgram)) return
  scene = await openScene(seed, startBehindMosquitto)
  fleet = await makeFleet(scene, { terminals, seed, ideal: true }, quiet)
}, 120_000)

afterAll(async () => {
  await Promise.all(fleet.map(async ({ terminal }) => terminal?.stop()))
  await scene?.end(false)
  await mosquitto?.kill()
}, 60_000)

testWith(
  programs,
  `five times under load, while its terminals stay at the broker: nothing is lost, nothing done twice (seed ${seed})`,
  async () => {
    if (scene === undefined) throw new Error('no scene')
    const chance = createPrng(seed)
    const load = startLoad(scene.api, fleet)
    for (let i = 0; i < kills; i++) {
      await pause(chance.float() * lifeMsMax)
      await scene.tillgate.misfortune(quiet)
    }
    await expectNothingLostOrDoubled(scene, fleet, load)
    expect(scene.tillgate.kills).toBe(kills)
    expect(load.rounds).toBeGreaterThanOrEqual(terminals)
  },
  180_000,
)
