import { afterAll, beforeAll, expect, it } from 'vitest'

import { openStage, type Stage } from './stage.js'

let stage: Stage

beforeAll(async () => {
  stage = await openStage({ timing: { proceedPatienceMs: 60_000 } })
}, 60_000)

afterAll(() => stage.end(), 60_000)

it.each([
  { over: 'tls', version: 5 },
  { over: 'wss', version: 4 },
] as const)(
  'and changes nothing, in the middle of a later attempt or after it (%o)',
  async (way) => {
    const till = await stage.till(way)
    await till.sellAll(1)
    till.line.losesDown = ({ kind }) => kind === 'proceed'
    const uuid = await till.unbind()
    await till.until('a lost Proceed', () => till.line.sent('proceed').length > 0)
    till.terminal.reboot(50)
    await stage.untilHappened(uuid, 'requeued')
    await stage.untilHappened(uuid, 'proceed_sent', 2)
    const { command: dead } = await stage.show(uuid)

    // The first attempt's Ready and Released, word for word: its Released would open the TID.
    const old = till.line.envelopes.filter(({ says }) => says === 'ready' || says === 'released')
    expect(old.map(({ says }) => says)).toEqual(expect.arrayContaining(['ready', 'released']))
    const secondReady = old.findLastIndex(({ says }) => says === 'ready')
    const before = await stage.show(uuid)
    for (const { payload } of old.slice(0, secondReady)) await till.line.inject(payload)
    for (const { payload } of old.slice(0, secondReady)) await till.line.inject(payload)
    expect(await stage.show(uuid)).toEqual(before)
    expect(till.atHost()).toMatchObject({ state: 'blocked', callNumber: 3 })

    till.line.losesDown = () => false
    till.line.cut()
    const done = await stage.untilClosed(uuid)
    expect(done.command.readyNonce).toEqual(dead.readyNonce)
    for (const { says, payload } of till.line.envelopes.slice()) {
      if (says === 'ready' || says === 'released' || says === 'proof')
        await till.line.inject(payload)
    }
    expect(await stage.show(uuid)).toEqual(done)
    expect(till.atHost().calls.map(({ verb }) => verb)).toEqual(['block', 'unblock', 'block'])
  },
)
