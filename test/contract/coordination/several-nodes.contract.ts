// What several nodes may expect of each other, whatever they share.
import { describe, expect } from 'vitest'
import type { Notice } from '@tillgate/gateway'
import { pause, testWith, waitFor } from '../../ground/index.js'
import type { FleetMaker } from './coordination.contract.js'
import type { Fleet, FleetNode } from './fleet.js'

const lane = (terminalId: number): Notice => ({ kind: 'lane', terminalId })

const until = (what: string, condition: () => boolean | Promise<boolean>): Promise<unknown> =>
  waitFor(condition, { what, timeoutMs: 15_000 })

const sees = async (node: FleetNode, terminalId: number): Promise<boolean> =>
  (await node.coordination.online([terminalId]))?.has(terminalId) === true

type Declare = (name: string, body: (fleet: Fleet) => Promise<void>) => void

const notices = (test: Declare): void => {
  test('a notice reaches the node that holds the terminal, and no other', async (fleet) => {
    const [a, b, c] = [await fleet.node('a'), await fleet.node('b'), await fleet.node('c')]
    a.coordination.own(7, 1)
    await until('b to see it', () => sees(b, 7))
    b.coordination.tell(lane(7))
    await until('the notice', () => a.notices.length > 0)
    await fleet.settle()
    expect(a.notices).toEqual([lane(7)])
    expect([...b.notices, ...c.notices]).toEqual([])
    expect(b.coordination.counts().noticesSent).toBe(1)
    expect(a.coordination.counts().noticesReceived).toBe(1)
  })

  test('a thousand notices at once all arrive, each once', async (fleet) => {
    const [a, b] = [await fleet.node('a'), await fleet.node('b')]
    const ids = Array.from({ length: 1_000 }, (_, i) => i + 1)
    for (const id of ids) a.coordination.own(id, 1)
    await until('b to see them', async () => (await b.coordination.online(ids))?.size === 1_000)
    for (const id of ids) b.coordination.tell(lane(id))
    await until('the notices', () => a.notices.length >= 1_000)
    await fleet.settle()
    expect(a.notices.map(({ terminalId }) => terminalId).sort((x, y) => x - y)).toEqual(ids)
    expect(b.coordination.counts().noticesDropped).toBe(0)
  })

  test('a call reaches every node, and a burst of them only a few times', async (fleet) => {
    const [a, b, c] = [await fleet.node('a'), await fleet.node('b'), await fleet.node('c')]
    // Whoever has just come may not hear yet.
    await until('all to hear', async () => {
      a.coordination.call('host')
      await pause(30)
      return b.calls.length > 0 && c.calls.length > 0
    })
    for (let i = 0; i < 500; i++) a.coordination.call('committed')
    const heard = (node: FleetNode): number =>
      node.calls.filter((call) => call === 'committed').length
    await until('the call', () => heard(b) > 0 && heard(c) > 0)
    await pause(60)
    expect(heard(a)).toBe(500)
    expect(heard(b)).toBeLessThanOrEqual(5)
  })
}

const ownership = (test: Declare): void => {
  test('the newer session wins, and its former holder is told under which number', async (fleet) => {
    const [a, b, c] = [await fleet.node('a'), await fleet.node('b'), await fleet.node('c')]
    a.coordination.own(7, 1)
    await until('b to see it', () => sees(b, 7))
    b.coordination.own(7, 2)
    await until('a to be told', () => a.notices.length > 0)
    expect(a.notices).toEqual([{ kind: 'moved', terminalId: 7, fence: 2 }])
    // As a node does that is told so; what is somebody else's by now stays.
    a.coordination.disown(7, 1)
    await fleet.settle()
    c.coordination.tell(lane(7))
    await until('the notice', () => b.notices.length > 0)
    expect(b.notices).toEqual([lane(7)])
    expect(a.notices).toHaveLength(1)
  })

  test('a node that announces an older session is told that it has moved', async (fleet) => {
    const [a, b] = [await fleet.node('a'), await fleet.node('b')]
    b.coordination.own(7, 5)
    await until('a to see it', () => sees(a, 7))
    a.coordination.own(7, 4)
    await until('a to be told', () => a.notices.length > 0)
    expect(a.notices).toEqual([{ kind: 'moved', terminalId: 7, fence: 5 }])
    expect(b.notices).toEqual([])
  })

  test('the sessions of a node that has stopped are not online', async (fleet) => {
    const [a, b] = [await fleet.node('a'), await fleet.node('b')]
    a.coordination.own(7, 1)
    b.coordination.own(8, 1)
    await until('b to see it', () => sees(b, 7))
    expect(await b.coordination.online([7, 8, 9])).toEqual(new Set([7, 8]))
    await a.coordination.stop()
    await until('b to see it gone', async () => !(await sees(b, 7)))
    expect(await b.coordination.online([7, 8, 9])).toEqual(new Set([8]))
  })

  test('every node knows the names of all', async (fleet) => {
    const [a, b] = [await fleet.node('a'), await fleet.node('b')]
    const names = async (): Promise<string> => ((await a.coordination.nodes()) ?? []).join()
    await until('both', async () => (await names()) === 'a,b' || (await names()) === 'b,a')
    await b.coordination.stop()
    await until('one', async () => (await names()) === 'a')
  })
}

const leases = (test: Declare): void => {
  test('a lease is held by one node, and by another soon after that one has stopped', async (fleet) => {
    const nodes = [await fleet.node('a'), await fleet.node('b'), await fleet.node('c')]
    const candidates = nodes.map((node) => ({ node, lease: node.coordination.lease('sweep') }))
    const holders = () => candidates.filter(({ lease }) => lease.held())
    await until('a holder', () => holders().length > 0)
    const [first] = holders()
    for (let i = 0; i < 20; i++) {
      expect(holders()).toEqual([first])
      await pause(20)
    }
    await first?.node.coordination.stop()
    expect(first?.lease.held()).toBe(false)
    await until('another holder', () => holders().length > 0)
    expect(holders()).toHaveLength(1)
  })
}

const rates = (test: Declare): void => {
  const question = { key: 'orders 10.0.0.1', quota: 10, windowMs: 60_000 }

  test('a quota is one quota for all nodes', async (fleet) => {
    const [a, b] = [await fleet.node('a'), await fleet.node('b')]
    const asked = Array.from({ length: 30 }, (_, i) =>
      (i % 2 === 0 ? a : b).coordination.take(question),
    )
    const answers = await Promise.all(asked)
    expect(answers.filter((answer) => answer?.ok === true)).toHaveLength(10)
    expect(answers.filter((answer) => answer?.ok === false)).toHaveLength(20)
    const other = await b.coordination.take({ ...question, key: 'orders 10.0.0.2' })
    expect(other).toMatchObject({ ok: true, left: 9, waitMs: 0 })
  })

  test('says how many are left, when one more fits and when all do', async (fleet) => {
    const a = await fleet.node('a')
    const long = { ...question, windowMs: 600_000 }
    for (let left = 9; left >= 0; left--) {
      const answer = await a.coordination.take(long)
      expect(answer).toMatchObject({ ok: true, left, waitMs: 0 })
      const used = 10 - left
      expect(answer?.fullInMs).toBeGreaterThan(used * 60_000 - 20_000)
      expect(answer?.fullInMs).toBeLessThanOrEqual(used * 60_000)
    }
    const refused = await a.coordination.take(long)
    expect(refused).toMatchObject({ ok: false, left: 0 })
    expect(refused?.waitMs).toBeGreaterThan(40_000)
    expect(refused?.waitMs).toBeLessThanOrEqual(60_000)
    expect(refused?.fullInMs).toBeLessThanOrEqual(600_000)
  })

  test('a quota refills evenly', async (fleet) => {
    const a = await fleet.node('a')
    const quick = { key: 'quick', quota: 2, windowMs: 400 }
    const take = async () => (await a.coordination.take(quick))?.ok
    await take()
    await take()
    await until('one to fit', async () => (await take()) === true)
    await pause(450)
    expect([await take(), await take()]).toEqual([true, true])
  })
}

export const severalNodesContract = (adapter: string, { programs, open }: FleetMaker): void => {
  describe(`coordination over ${adapter}, several nodes`, () => {
    const test: Declare = (name, body) =>
      testWith(programs, name, async () => body(await open()), 30_000)
    notices(test)
    ownership(test)
    leases(test)
    rates(test)
  })
}
