import { afterEach, expect } from 'vitest'

import { pause, testWith } from '../ground/index.js'
import { openBrokerStage, type BrokerStage } from './broker-stage.js'
import { startLoad } from './load.js'

const programs = ['mosquitto'] as const
let stage: BrokerStage | undefined

afterEach(() => stage?.end(), 60_000)

/** A gateway behind the broker and one with a listener, on the same records. */
const open = async (): Promise<BrokerStage> => {
  stage = await openBrokerStage()
  await stage.openNodeCalled('listens', {}, 'listener')
  await stage.untilConnected()
  return stage
}

testWith(
  programs,
  'terminals of a listener and of a broker are one fleet: what is asked of either gateway reaches them, once',
  async () => {
    const both = await open()
    const listens = both.nodeCalled('listens')
    const behind = [await both.till(), await both.till()]
    both.listenerPort = listens.ports.mqtts
    const before = [await both.till(), await both.till()]
    const tills = [...behind, ...before]
    const load = startLoad(both, tills)
    await pause(2_000)
    expect(await load.finish()).toMatchObject({ lost: 0, doubled: 0 })
    for (const till of tills) {
      await till.sellAll(1)
      await both.until(await till.unbind(), 'done')
      expect(till.noted('erased')).toBe(1)
    }
    // Nobody took a lane that another kept.
    for (const till of behind) expect(both.coordination.ownerOf(till.terminalId)).toBe('one')
    for (const till of before) expect(both.coordination.ownerOf(till.terminalId)).toBe('listens')
    for (const till of tills) {
      expect(till.heard.filter((note) => note.what === 'link' && note.is === 'down')).toEqual([])
    }
  },
  60_000,
)

testWith(
  programs,
  'what is asked at the gateway that does not keep a terminal reaches it through the one that does',
  async () => {
    const both = await open()
    const behind = await both.till()
    both.listenerPort = both.nodeCalled('listens').ports.mqtts
    const before = await both.till()
    for (const [node, till] of [
      ['listens', behind],
      ['one', before],
    ] as const) {
      const { commands } = both.nodeCalled(node).services
      const payload = { type: 'SelfTest' } as const
      const answer = await commands.order({ sn: till.sn, payload, actor: 'e2e' })
      if (!answer.ok) throw new Error(answer.code)
      await both.until(answer.value.uuid, 'done')
    }
  },
  60_000,
)

testWith(
  programs,
  'a terminal that moves from the broker to a listener, and back, takes its open command along',
  async () => {
    const both = await open()
    const till = await both.till()
    await till.sellAll(1)
    for (const port of [both.nodeCalled('listens').ports.mqtts, undefined]) {
      await till.end()
      const payload = { type: 'SelfTest' } as const
      const asked = await both.services.commands.order({ sn: till.sn, payload, actor: 'e2e' })
      if (!asked.ok) throw new Error(asked.code)
      both.listenerPort = port
      await till.switchOn()
      await both.until(asked.value.uuid, 'done')
    }
    await both.until(await till.unbind(), 'done')
    expect(till.noted('erased')).toBe(1)
  },
  60_000,
)
