// What every adapter of the registry port must keep. An adapter's own test file hands its maker here.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Deregistration, Registry } from '../../../gateway/src/core/ports/registry.js'

export const registryContract = (adapter: string, make: () => Promise<Registry>): void => {
  describe(`the registry port over ${adapter}`, () => {
    let registry: Registry
    const call = (idempotencyKey: string): Deregistration => ({
      acquirerCode: '4802',
      mid: '480290053990001',
      tid: 'T0000001',
      sn: 'SIM00000001',
      tusn: null,
      reason: 'STORE_CLOSED',
      idempotencyKey,
    })

    beforeEach(async () => {
      registry = await make()
    })

    it('cancels an association and names its act', async () => {
      const answer = await registry.deregister(call('a'))
      expect(answer).toMatchObject({ ok: true })
      expect(answer.ok && answer.reference).not.toBe('')
    })

    it('answers a repeated call with the same reference', async () => {
      const first = await registry.deregister(call('a'))
      expect(await registry.deregister(call('a'))).toEqual(first)
    })

    it('tells two calls apart', async () => {
      const first = await registry.deregister(call('a'))
      expect(await registry.deregister(call('b'))).not.toEqual(first)
    })
  })
}
