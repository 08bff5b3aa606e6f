// What every adapter of the registry port must keep. An adapter's own test file hands its maker here.
import { beforeEach, describe, expect, it } from 'vitest'
import type {
  Deregistration,
  Registration,
  Registry,
} from '../../../gateway/src/core/ports/registry.js'

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

    const registration = (idempotencyKey: string): Registration => {
      const { reason: _, ...association } = call(idempotencyKey)
      return {
        ...association,
        creditCode: '91310000MA1FL5XK2Q',
        settlementAccount: '6217000000000000123',
        placeOfDeployment: '上海市浦东新区世纪大道 100 号',
      }
    }

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

    it('enables an association and names its act', async () => {
      const answer = await registry.register(registration('r'))
      expect(answer).toMatchObject({ ok: true })
      expect(answer.ok && answer.reference).not.toBe('')
    })

    it('answers a repeated registration with the same reference', async () => {
      const first = await registry.register(registration('r'))
      expect(await registry.register(registration('r'))).toEqual(first)
    })

    it('says ok to an association that is enabled already, under a key of its own', async () => {
      await registry.register(registration('r'))
      expect(await registry.register(registration('s'))).toMatchObject({ ok: true })
    })

    it('cancels what it has enabled', async () => {
      await registry.register(registration('r'))
      expect(await registry.deregister(call('a'))).toMatchObject({ ok: true })
    })

    it('tells two calls apart', async () => {
      const first = await registry.deregister(call('a'))
      expect(await registry.deregister(call('b'))).not.toEqual(first)
    })
  })
}
