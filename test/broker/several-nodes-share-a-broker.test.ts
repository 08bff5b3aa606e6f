import { afterEach, expect } from 'vitest'

import type { GatewayNode } from '@tillgate/gateway'
import { pause, testWith } from '../ground/index.js'
import { openBrokerStage, type BrokerStage } from './broker-stage.js'
import { startLoad } from './load.js'

const programs = ['mosquitto'] as const
let stage: BrokerStage | undefined

afterEach(() => stage?.end(), 60_000)

const open = async (): Promise<BrokerStage> => {
  stage = await openBrokerStage()
  await stage.openNodeCalled('two')
  await stage.untilConnected()
  return stage
}

const uplinksOf = (node: GatewayNode): number =>
  node.services.counts().link.get('acknowledged') ?? 0
const greetedAt = (node: GatewayNode): number => node.services.counts().sessions.greeted

testWith(
  programs,
  'uplinks come to any node, and a terminal that another node keeps is bound, sells and is unbound',
  async () => {
    const behind = await open()
    const tills = await Promise.all([1, 2, 3, 4].map(() => behind.till()))
    const [one, two] = [behind.nodeCalled('one'), behind.nodeCalled('two')]
    const judged = await (async () => {
      const load = startLoad(behind, tills)
      await pause(1_000)
      return load.finish()
    })()
    expect(judged).toMatchObject({ lost: 0, doubled: 0 })
    for (const till of tills) {
      await till.sellAll(1)
      await behind.until(await till.unbind(), 'done')
      await behind.rebind(till)
    }
    // Both heard, and each terminal was kept by one.
    expect(uplinksOf(one)).toBeGreaterThan(10)
    expect(uplinksOf(two)).toBeGreaterThan(10)
    expect(greetedAt(one) + greetedAt(two)).toBe(4)
    const refused = [
      ...one.services.counts().refusedUplinks,
      ...two.services.counts().refusedUplinks,
    ]
    expect(refused).toEqual([])
  },
  60_000,
)

testWith(
  programs,
  'a node that goes leaves its terminals connected, and another one goes on with what they are at',
  async () => {
    const behind = await open()
    const tills = await Promise.all([1, 2, 3, 4].map(() => behind.till()))
    for (const till of tills) await till.sellAll(1)
    // The host does not settle: each unbind stands in its prepare.
    behind.host.faults.terminals.plan.isUnavailable = true
    const uuids = await Promise.all(tills.map((till) => till.unbind()))
    for (const uuid of uuids) await behind.until(uuid, 'preparing')
    await behind.stopNodeCalled('one')
    behind.host.faults.terminals.plan.isUnavailable = false
    for (const uuid of uuids) await behind.until(uuid, 'done')
    for (const till of tills) {
      expect(behind.coordination.ownerOf(till.terminalId)).toBe('two')
      expect(till.heard.filter((note) => note.what === 'link' && note.is === 'down')).toEqual([])
      expect(till.noted('erased')).toBe(1)
    }
  },
  90_000,
)

testWith(
  programs,
  'five nodes go and come under load, one after the other: nothing is lost, nothing done twice',
  async () => {
    const behind = await open()
    const tills = await Promise.all([1, 2, 3].map(() => behind.till()))
    const load = startLoad(behind, tills)
    for (let i = 0; i < 5; i++) {
      await pause(500)
      const name = i % 2 === 0 ? 'one' : 'two'
      await behind.stopNodeCalled(name)
      await pause(300)
      await behind.openNodeCalled(name)
    }
    const judged = await load.finish()
    expect(judged).toMatchObject({ lost: 0, doubled: 0 })
    expect(judged.ordered).toBeGreaterThan(10)
  },
  120_000,
)
