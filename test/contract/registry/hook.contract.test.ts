import { afterEach } from 'vitest'
import type { Hook } from '../../../gateway/src/adapters/hooks/hook.js'
import type { RegistryCodes } from '../../../gateway/src/adapters/hooks/registry-codes.js'
import { createRegistryHook } from '../../../gateway/src/adapters/hooks/registry-hook.js'
import type { Registry } from '../../../gateway/src/core/ports/registry.js'
import { hookTo } from '../../hooks/open-hook.js'
import type { HookReceiver } from '../../hooks/receiver.js'
import { startReceiver } from '../../hooks/start-receiver.js'
import { registryContract } from './registry.contract.js'

const opened: { readonly receiver: HookReceiver; readonly hook: Hook }[] = []

afterEach(async () => {
  for (const { receiver, hook } of opened.splice(0)) {
    hook.close()
    await receiver.goDown()
  }
})

const open = async (codes?: RegistryCodes): Promise<Registry> => {
  const receiver = await startReceiver('registry-hook')
  const spoken = { enable: '01', cancel: '03', done: '0000', already: '1001', refused: '2001' }
  if (codes !== undefined) receiver.acts.codes = spoken
  const hook = hookTo(receiver)
  opened.push({ receiver, hook })
  return createRegistryHook(hook, codes)
}

const codes: RegistryCodes = new Map([
  [
    '4802',
    {
      acts: { enable: '01', disable: '02', cancel: '03' },
      answers: { ok: ['0000'], already: ['1001'], refused: ['2001'] },
    },
  ],
])

registryContract('signed hooks, in words', () => open())
registryContract('signed hooks, in the acquirer’s own codes', () => open(codes))
