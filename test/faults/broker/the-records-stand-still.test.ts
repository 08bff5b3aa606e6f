import { afterEach, expect } from 'vitest'

import { hasty, openBrokerStage, type BrokerStage } from '../../broker/broker-stage.js'
import { startLoad } from '../../broker/load.js'
import { pause, testWith } from '../../ground/index.js'
import { isLong, Toll } from '../toll.js'

// A broker parts after one and a half keep-alives: the stall is the same two of them either way.
const keepAliveS = isLong ? 10 : 2
const stallMs = isLong ? 30_000 : 6_000
let stage: BrokerStage | undefined

afterEach(() => stage?.end(), 60_000)

testWith(
  ['mosquitto'],
  `for ${String(stallMs / 1_000)} s at a keep-alive of ${String(keepAliveS)} s under load: no connection is lost, and nothing else`,
  async (context) => {
    const behind = await openBrokerStage({ limits: { ...hasty, keepAliveS } })
    stage = behind
    await behind.openNodeCalled('two')
    await behind.untilConnected()
    const toll = new Toll(
      `two nodes behind a broker: records stand still for ${String(stallMs / 1_000)} s`,
    )
    const observe = toll.hear.bind(toll)
    const tills = await Promise.all([1, 2, 3, 4].map(() => behind.till({ observe })))
    const lost = (): number =>
      ['one', 'two']
        .map((name) => behind.nodeCalled(name).services.counts().link.get('connections-lost') ?? 0)
        .reduce((sum, count) => sum + count)
    const before = lost()
    const load = startLoad(behind, tills)
    await pause(1_000)
    let goOn = (): void => undefined
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    let holding = 0
    behind.ears.beforeSubmit = () => {
      holding += 1
      return held
    }
    await pause(stallMs)
    behind.ears.beforeSubmit = undefined
    goOn()
    await pause(1_000)
    const judged = await load.finish()
    toll.giveRow(context, judged)
    expect(judged).toMatchObject({ lost: 0, doubled: 0 })
    expect(holding).toBeGreaterThan(0)
    expect(lost()).toBe(before)
    expect(toll.returns).toBe(0)
  },
  180_000,
)
