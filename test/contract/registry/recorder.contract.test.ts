import { expect, it } from 'vitest'
import { createRecorderRegistry } from '../../../gateway/src/adapters/registry/recorder-registry.js'
import { registryContract } from './registry.contract.js'

registryContract('the recorder', () => Promise.resolve(createRecorderRegistry()))

it('forgets the call made longest ago, and nothing else', async () => {
  const registry = createRecorderRegistry(2)
  const call = (idempotencyKey: string) =>
    registry.deregister({
      acquirerCode: '4802',
      mid: 'M',
      tid: 'T',
      sn: 'S',
      tusn: null,
      reason: 'LOST',
      idempotencyKey,
    })
  const [, second] = [await call('a'), await call('b'), await call('c')]
  expect(await call('b')).toEqual(second)
  expect(await call('a')).toEqual({ ok: true, reference: 'recorded-4' })
})
