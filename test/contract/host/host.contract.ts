// What every adapter of the host port must keep, whatever stands behind it. An adapter's own test
// file hands its maker to `hostContract`.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Host, HostCall, TidRef } from '../../../gateway/src/core/ports/host.js'

export interface HostUnderTest {
  readonly host: Host
  /** A TID that the host knows and that was never called. */
  readonly freshTid: () => Promise<TidRef>
  /** Absent where the host takes every TID for its own. */
  readonly unknownTid?: TidRef
}

export const hostContract = (adapter: string, make: () => Promise<HostUnderTest>): void => {
  describe(`the host port over ${adapter}`, () => {
    let under: HostUnderTest
    let tid: TidRef
    const call = (callNumber: number, of: TidRef = tid): HostCall => ({
      ...of,
      callNumber,
      reason: 'contract',
    })

    beforeEach(async () => {
      under = await make()
      tid = await under.freshTid()
    })

    it('shows a TID that was never called as open, with number 0', async () => {
      expect(await under.host.show(tid)).toEqual({ ok: true, state: 'open', callNumber: 0 })
    })

    it('blocks and opens, and shows what the last call made of it', async () => {
      expect(await under.host.block(call(1))).toEqual({ ok: true, state: 'blocked' })
      expect(await under.host.show(tid)).toEqual({ ok: true, state: 'blocked', callNumber: 1 })
      expect(await under.host.unblock(call(2))).toEqual({ ok: true, state: 'open' })
      expect(await under.host.show(tid)).toEqual({ ok: true, state: 'open', callNumber: 2 })
    })

    it('answers a repeated call the same again', async () => {
      await under.host.block(call(3))
      expect(await under.host.block(call(3))).toEqual({ ok: true, state: 'blocked' })
      expect(await under.host.show(tid)).toMatchObject({ state: 'blocked', callNumber: 3 })
    })

    it('refuses a late unblock: what a later attempt blocked stays blocked', async () => {
      await under.host.block(call(5))
      expect(await under.host.unblock(call(4))).toMatchObject({ ok: false, code: 'stale' })
      expect(await under.host.block(call(4))).toMatchObject({ ok: false, code: 'stale' })
      expect(await under.host.show(tid)).toEqual({ ok: true, state: 'blocked', callNumber: 5 })
    })

    it('refuses one number for both verbs', async () => {
      await under.host.block(call(5))
      expect(await under.host.unblock(call(5))).toMatchObject({ ok: false, code: 'refused' })
      expect(await under.host.show(tid)).toMatchObject({ state: 'blocked' })
    })

    it('takes numbers with gaps, up to the largest whole number', async () => {
      await under.host.block(call(1_000_000))
      const largest = Number.MAX_SAFE_INTEGER
      expect(await under.host.unblock(call(largest))).toEqual({ ok: true, state: 'open' })
      expect(await under.host.show(tid)).toMatchObject({ callNumber: largest })
    })

    it('refuses what is no call number, as a value', async () => {
      for (const callNumber of [0, -1, 1.5, Number.NaN, 2 ** 53]) {
        const answer = await under.host.block(call(callNumber))
        expect(answer, String(callNumber)).toMatchObject({ ok: false, code: 'refused' })
      }
      expect(await under.host.show(tid)).toMatchObject({ callNumber: 0 })
    })

    it('keeps the numbers of two TIDs apart', async () => {
      const other = await under.freshTid()
      await under.host.block(call(9))
      expect(await under.host.block(call(1, other))).toEqual({ ok: true, state: 'blocked' })
      expect(await under.host.unblock(call(2, other))).toEqual({ ok: true, state: 'open' })
      expect(await under.host.show(tid)).toMatchObject({ state: 'blocked' })
    })

    it('lets the highest number win, in whatever order calls arrive', async () => {
      const numbers = [4, 1, 7, 3, 6, 2, 5]
      await Promise.all(
        numbers.map((number) =>
          number % 2 === 0 ? under.host.unblock(call(number)) : under.host.block(call(number)),
        ),
      )
      expect(await under.host.show(tid)).toEqual({ ok: true, state: 'blocked', callNumber: 7 })
    })

    it('says so when it does not know a TID, unless it takes every TID for its own', async () => {
      const { host, unknownTid } = under
      const stranger = unknownTid ?? { acquirerCode: '4802', mid: 'M1', tid: 'NOBODY' }
      const expected = unknownTid === undefined ? { ok: true } : { ok: false, code: 'unknown-tid' }
      expect(await host.show(stranger)).toMatchObject(expected)
      expect(await host.block(call(1, stranger))).toMatchObject(expected)
    })
  })
}
