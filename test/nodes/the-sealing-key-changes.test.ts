// Two nodes on one PostgreSQL go over to a new sealing key one after the other, under load, and a node that
// dies on the way: everything stays readable throughout, and in the end nothing lies under the old key.
import {
  createResealingLoop,
  createScopeSealing,
  createSealer,
  openPostgresRecords,
  softwareSealing,
  systemClock,
  systemEntropy,
  systemTimers,
  type OtherKeys,
  type Records,
  type SealingKeys,
} from '@tillgate/gateway'
import { expect, onTestFinished, test } from 'vitest'
import { quietLog } from '../contract/records/quiet.js'
import { freshDatabase, waitFor, withPostgres } from '../ground/index.js'

const key = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)
const [oldKey, newKey] = [key(1), key(2)]
const secret = new Uint8Array([1, 2, 3])
const patience = { timeout: 120_000 }
const scopesMade = 250

interface Node {
  readonly sealing: SealingKeys
  readonly records: Records
  seal(scope: string): Promise<Uint8Array>
  opens(scope: string, sealed: Uint8Array): Promise<boolean>
  /** As a kill would: what is under way is not waited for. */
  die(): Promise<void>
}

const of = { what: 'test', whose: 'somebody' }

const startNode = async (url: string, current: Uint8Array, others: OtherKeys): Promise<Node> => {
  const system = { clock: systemClock, timers: systemTimers, log: quietLog() }
  const records = await openPostgresRecords({ url, ...system })
  const sealing = softwareSealing(createSealer(current, systemEntropy, others), systemEntropy)
  const loop = createResealingLoop({ records, sealing, ...system, beatMs: 20 })
  const scopes = createScopeSealing({ records, keys: sealing, clock: systemClock })
  loop.start()
  let dead = false
  const die = async (): Promise<void> => {
    if (dead) return
    dead = true
    const closed = records.close()
    await Promise.all([loop.stop(), closed])
  }
  onTestFinished(die)
  return {
    sealing,
    records,
    die,
    async seal(scope) {
      const sealed = await scopes.of(scope).seal(of, secret)
      if (!sealed.ok) throw new Error(sealed.code)
      return sealed.sealed
    },
    opens: async (scope, sealed) => (await scopes.of(scope).open(of, sealed)).ok,
  }
}

const left = async ({ records }: Node, kid: string): Promise<number> => {
  const counts = await records.read('sealed-kids', {})
  return counts
    .filter((count) => Buffer.from(count.kid).toString('hex') === kid)
    .reduce((sum, { values }) => sum + Number(values), 0)
}

const scopeOf = (n: number): string => `case:00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

withPostgres('a change of the sealing key', () => {
  test('goes through under load, a node that dies on the way included', patience, async () => {
    const url = await freshDatabase()
    const kept = new Map<string, Uint8Array>()
    const before = await startNode(url, oldKey, {})
    for (let n = 0; n < scopesMade; n += 50) {
      const scopes = Array.from({ length: 50 }, (_, at) => scopeOf(n + at))
      await Promise.all(scopes.map(async (scope) => kept.set(scope, await before.seal(scope))))
    }
    const oldKid = before.sealing.kid
    expect(await left(before, oldKid)).toBe(scopesMade)
    // First every node knows the new key; none seals under it yet.
    const a = await startNode(url, oldKey, { next: newKey })
    const b = await startNode(url, oldKey, { next: newKey })
    await before.die()

    let n = scopesMade
    let running = true
    let unreadable = 0
    const load = async (nodes: () => readonly Node[]): Promise<void> => {
      while (running) {
        const [writer, reader] = nodes()
        const scope = scopeOf((n += 1))
        const sealed = await writer!.seal(scope)
        kept.set(scope, sealed)
        if (!(await reader!.opens(scope, sealed))) unreadable += 1
      }
    }
    let nodes: readonly Node[] = [a, b]
    const loads = [load(() => nodes), load(() => nodes.toReversed())]

    // The first node goes over to it and dies while it seals anew; the other still has the old one.
    const first = await startNode(url, newKey, { older: [oldKey] })
    await waitFor(async () => (await left(b, first.sealing.kid)) > 0, {
      what: 'the values are carried over',
      timeoutMs: 60_000,
    })
    await first.die()
    const second = await startNode(url, newKey, { older: [oldKey] })
    nodes = [b, second]
    await waitFor(async () => (await left(b, second.sealing.kid)) > scopesMade / 2, {
      what: 'the values are carried over',
      timeoutMs: 60_000,
    })
    const third = await startNode(url, newKey, { older: [oldKey] })
    nodes = [second, third]
    await waitFor(async () => (await left(second, oldKid)) === 0, {
      what: 'the values are carried over',
      timeoutMs: 60_000,
    })
    running = false
    await Promise.all(loads)
    await Promise.all([a.die(), b.die()])
    await waitFor(async () => (await left(second, oldKid)) === 0, {
      what: 'the values are carried over',
      timeoutMs: 60_000,
    })

    expect(unreadable).toBe(0)
    // Without the old key everything opens: it may be removed.
    const after = await startNode(url, newKey, {})
    for (const [scope, sealed] of kept) {
      expect(await after.opens(scope, sealed), scope).toBe(true)
    }
  })
})
