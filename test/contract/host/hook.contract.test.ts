import { afterAll, beforeAll } from 'vitest'
import { createHostHook } from '../../../gateway/src/adapters/hooks/host-hook.js'
import type { Hook } from '../../../gateway/src/adapters/hooks/hook.js'
import { systemIds } from '../../../gateway/src/adapters/system/index.js'
import { hookTo } from '../../hooks/open-hook.js'
import type { HookReceiver } from '../../hooks/receiver.js'
import { startReceiver } from '../../hooks/start-receiver.js'
import { hostContract } from './host.contract.js'

let receiver: HookReceiver
let hook: Hook
let tids = 0

beforeAll(async () => {
  receiver = await startReceiver('host-hook')
  receiver.acts.unknownTids.add('4802/M1/NOBODY')
  hook = hookTo(receiver, { target: 'host' })
})
afterAll(async () => {
  hook.close()
  await receiver.goDown()
})

hostContract('signed hooks, the reference receiver behind them', () =>
  Promise.resolve({
    host: createHostHook(hook, systemIds),
    freshTid: () => Promise.resolve({ acquirerCode: '4802', mid: 'M1', tid: `T${String(tids++)}` }),
    unknownTid: { acquirerCode: '4802', mid: 'M1', tid: 'NOBODY' },
  }),
)
