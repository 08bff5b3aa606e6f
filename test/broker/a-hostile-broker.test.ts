import { afterEach, expect, test } from 'vitest'

import { pause } from '../ground/index.js'
import { openBrokerStage, type BrokerStage } from './broker-stage.js'
import { startLoad } from './load.js'
import { ScriptedBroker, wellBehaved, type Mischief } from './scripted-broker.js'

const seed = process.env['TILLGATE_SEED'] ?? 'hostile'
let stage: BrokerStage | undefined

afterEach(() => stage?.end(), 60_000)

const open = async (broker: ScriptedBroker): Promise<BrokerStage> => {
  stage = await openBrokerStage({
    config: { heartbeatS: 10 },
    start: async ({ terminals, gateways }, certificate) => {
      await broker.listen(terminals, certificate)
      await broker.listen(gateways)
      return broker
    },
  })
  await stage.openNodeCalled('two')
  await stage.untilConnected()
  return stage
}

const mischiefs: readonly (readonly [string, Partial<Mischief>])[] = [
  ['loses and repeats', { drop: 0.15, repeat: 0.3, lateMsMax: 1_500 }],
  ['reorders and replays', { late: 0.5, lateMsMax: 400, replay: 0.3 }],
  ['forges and swaps topics', { forge: 0.4, swap: 0.4 }],
  [
    'withholds, throws rubbish and tells of ends that were none',
    {
      withhold: 0.05,
      rubbish: 0.02,
      earlyWill: 0.05,
    },
  ],
  [
    'does all of it',
    {
      drop: 0.05,
      repeat: 0.2,
      late: 0.2,
      lateMsMax: 300,
      replay: 0.1,
      forge: 0.2,
      swap: 0.2,
      withhold: 0.02,
      rubbish: 0.005,
      earlyWill: 0.02,
    },
  ],
]

test.each(mischiefs)(
  'a broker that %s gets nowhere, and once it behaves all is done, once',
  async (_, mischief) => {
    const broker = new ScriptedBroker(seed)
    const behind = await open(broker)
    const tills = await Promise.all([1, 2, 3].map(() => behind.till()))
    for (const { line } of tills) line.isHostile = true
    const [first, ...others] = tills
    if (first === undefined) throw new Error('no till')
    await first.sellAll(1)
    const load = startLoad(behind, others)
    broker.mischief = { ...wellBehaved, ...mischief }
    const uuid = await first.unbind()
    await pause(3_000)
    broker.mischief = wellBehaved
    const judged = await load.finish()
    expect(judged).toMatchObject({ lost: 0, doubled: 0 })
    expect(judged.ordered).toBeGreaterThan(1)
    const { proofs, ledger } = await behind.until(uuid, 'done')
    expect(proofs).toHaveLength(1)
    expect(ledger.filter(({ kind }) => kind === 'command.attested')).toHaveLength(1)
    expect(first.noted('erased')).toBe(1)
    expect(first.keysHeld()).toEqual([])
    expect(first.atHost().state).toBe('blocked')
  },
  120_000,
)
