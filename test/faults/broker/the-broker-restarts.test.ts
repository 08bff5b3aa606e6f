import { afterAll, beforeAll, expect } from 'vitest'

import { openBrokerStage, type BrokerStage } from '../../broker/broker-stage.js'
import { startLoad } from '../../broker/load.js'
import type { Till } from '../../e2e/till.js'
import { pause, requireProgram, testWith, waitFor } from '../../ground/index.js'
import { backMsMax, isLong, times, Toll } from '../toll.js'

const programs = ['mosquitto'] as const
let stage: BrokerStage | undefined
let tills: readonly Till[] = []
const toll = new Toll(`two nodes behind a broker: ${String(times)} broker restarts`)
const observe = toll.hear.bind(toll)

beforeAll(async () => {
  if (!programs.every(requireProgram)) return
  stage = await openBrokerStage()
  await stage.openNodeCalled('two')
  await stage.untilConnected()
  const behind = stage
  tills = await Promise.all([1, 2, 3, 4].map(() => behind.till({ observe })))
}, 60_000)

afterAll(() => stage?.end(), 60_000)

const theStage = (): BrokerStage => {
  if (stage === undefined) throw new Error('no stage')
  return stage
}

const allBack = (): Promise<unknown> =>
  waitFor(() => tills.every((till) => till.terminal.state().session.open !== undefined), {
    what: 'every terminal to be back',
    timeoutMs: backMsMax,
  })

testWith(
  programs,
  `${String(times)} times under load, killed and its sessions lost or stopped in order: nothing is lost, nothing done twice`,
  async (context) => {
    const { mosquitto } = theStage()
    const load = startLoad(theStage(), tills)
    for (let i = 0; i < times; i++) {
      await pause(600)
      if (i % 2 === 0) {
        await mosquitto.kill()
        mosquitto.forget()
      } else {
        await mosquitto.stop()
      }
      await pause(300)
      await mosquitto.start()
      await allBack()
    }
    const judged = await load.finish()
    toll.giveRow(context, judged)
    expect(judged).toMatchObject({ lost: 0, doubled: 0 })
    expect(judged.ordered).toBeGreaterThan(20)
    expect(toll.longestMs).toBeLessThan(backMsMax)
  },
  isLong ? 1_200_000 : 180_000,
)

testWith(
  programs,
  'a broker that stands still for longer than a keep-alive costs nothing but time',
  async () => {
    const behind = theStage()
    const [till] = tills
    if (till === undefined) throw new Error('no till')
    await till.sellAll(1)
    const uuid = await till.unbind()
    behind.mosquitto.pause()
    await pause(3_000)
    behind.mosquitto.resume()
    const { proofs } = await behind.until(uuid, 'done')
    expect(proofs).toHaveLength(1)
    expect(till.noted('erased')).toBe(1)
  },
  60_000,
)

testWith(
  programs,
  'while it is away orders are taken, the node says so, and all goes out when it is back',
  async () => {
    const behind = theStage()
    const [, till] = tills
    if (till === undefined) throw new Error('no till')
    await behind.mosquitto.kill()
    const said = await waitFor(
      () => behind.services.health().reasons.find((reason) => reason.startsWith('link')),
      { what: 'the node to notice' },
    )
    expect(said).toMatch(/^link: no broker since \d{4}-\d\d-\d\dT/)
    expect(behind.services.health().ok).toBe(true)
    const ordered = await behind.services.commands.order({
      sn: till.sn,
      payload: { type: 'SelfTest' },
      actor: 'test',
    })
    if (!ordered.ok) throw new Error(ordered.code)
    await behind.mosquitto.start()
    await behind.until(ordered.value.uuid, 'done')
  },
  60_000,
)
