// What every adapter of coordination must keep, for a node that is alone. What several nodes may expect
// of each other is in several-nodes.contract.ts.
import { describe, expect } from 'vitest'
import type { Notice } from '@tillgate/gateway'
import { testWith, waitFor } from '../../ground/index.js'
import type { Fleet } from './fleet.js'

export interface FleetMaker {
  readonly programs: readonly string[]
  /** Nodes that share nothing with those of another fleet; gone when the test ends. */
  open(): Promise<Fleet>
}

const lane = (terminalId: number): Notice => ({ kind: 'lane', terminalId })

export const coordinationContract = (adapter: string, { programs, open }: FleetMaker): void => {
  const test = (name: string, body: (fleet: Fleet) => Promise<void>): void =>
    testWith(programs, name, async () => body(await open()), 30_000)

  describe(`coordination over ${adapter}, a node alone`, () => {
    test('gives a notice for a terminal that is held here at once', async (fleet) => {
      const a = await fleet.node('a')
      a.coordination.own(7, 1)
      a.coordination.tell(lane(7))
      expect(a.notices).toEqual([lane(7)])
      expect(a.coordination.counts()).toMatchObject({ noticesSent: 1, noticesReceived: 1 })
    })

    test('gives none for a terminal that nobody holds, nor for one that has gone', async (fleet) => {
      const a = await fleet.node('a')
      a.coordination.own(7, 3)
      a.coordination.disown(7, 3)
      a.coordination.tell(lane(7))
      a.coordination.tell(lane(8))
      await fleet.settle()
      expect(a.notices).toEqual([])
    })

    test('a late end of an older session ends nothing', async (fleet) => {
      const a = await fleet.node('a')
      a.coordination.own(7, 3)
      a.coordination.own(7, 5)
      a.coordination.disown(7, 3)
      await fleet.settle()
      expect(await a.coordination.online([6, 7])).toEqual(new Set([7]))
      a.coordination.disown(7, 5)
      await fleet.settle()
      expect(await a.coordination.online([6, 7])).toEqual(new Set())
    })

    test('is called by itself at once', async (fleet) => {
      const a = await fleet.node('a')
      a.coordination.call('committed')
      a.coordination.call('host')
      a.coordination.call('cases')
      expect(a.calls).toEqual(['committed', 'host', 'cases'])
    })

    test('has every lease', async (fleet) => {
      const a = await fleet.node('a')
      const leases = [a.coordination.lease('sweep'), a.coordination.lease('seal')]
      await waitFor(() => leases.every((lease) => lease.held()), { what: 'the leases' })
    })

    test('is well, and is the only node', async (fleet) => {
      const a = await fleet.node('a')
      expect(a.coordination.health()).toEqual({ ok: true, reasons: [] })
      expect(a.coordination.node.name).toBe('a')
      expect(await a.coordination.nodes()).toEqual(['a'])
    })

    test('once stopped, says nothing more and takes whatever comes', async (fleet) => {
      const a = await fleet.node('a')
      a.coordination.own(7, 1)
      await a.coordination.stop()
      const { notices, calls } = a
      const before = [notices.length, calls.length]
      a.coordination.own(8, 1)
      a.coordination.tell(lane(7))
      a.coordination.tell(lane(8))
      a.coordination.call('host')
      a.coordination.disown(8, 1)
      await a.coordination.stop()
      expect([notices.length, calls.length]).toEqual(before)
    })
  })
}
