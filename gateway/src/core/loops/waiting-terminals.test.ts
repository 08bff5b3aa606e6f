import { expect, it, vi } from 'vitest'

import type { Session } from '../sessions/session.js'
import { createWaitingTerminalsLoop } from './waiting-terminals.js'

const settled = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

const bench = (waiting: { id: number; sn: string }[]) => {
  const asked: string[] = []
  const here = new Set<number>()
  let online: ReadonlySet<number> | undefined = new Set()
  let monotonic = 0
  const read = vi.fn((_: string, { afterId, limit }: { afterId: number; limit: number }) =>
    Promise.resolve(waiting.filter(({ id }) => id > afterId).slice(0, limit)),
  )
  const loop = createWaitingTerminalsLoop({
    records: { read } as never,
    sessions: {
      greeted: (id: number) => (here.has(id) ? ({} as Session) : undefined),
    } as never,
    coordination: { online: () => Promise.resolve(online) },
    helloRequests: { ask: (sn) => asked.push(sn) > 0 },
    clock: { now: () => 0, monotonic: () => monotonic },
    timers: { after: () => ({ cancel: () => undefined }) },
    log: { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() } as never,
  })
  return {
    asked,
    here,
    setOnline: (ids: number[] | undefined) => void (online = ids && new Set(ids)),
    async look(afterMs = 0) {
      monotonic += afterMs
      asked.length = 0
      loop.nudge()
      await settled()
      return [...asked]
    },
  }
}

it('asks those whose lane nobody keeps, and nobody else', async () => {
  const { look, here, setOnline } = bench([
    { id: 1, sn: 'here' },
    { id: 2, sn: 'elsewhere' },
    { id: 3, sn: 'nowhere' },
  ])
  here.add(1)
  setOnline([2])
  expect(await look()).toEqual(['nowhere'])
})

it('asks again with growing pauses, up to a quarter of an hour, and begins anew once it was there', async () => {
  const { look, setOnline } = bench([{ id: 3, sn: 'off' }])
  expect(await look()).toEqual(['off'])
  expect(await look(4_000)).toEqual([])
  expect(await look(1_000)).toEqual(['off'])
  expect(await look(9_000)).toEqual([])
  expect(await look(1_000)).toEqual(['off'])
  for (let i = 0; i < 12; i++) await look(900_000)
  expect(await look(899_000)).toEqual([])
  expect(await look(1_000)).toEqual(['off'])
  setOnline([3])
  expect(await look(10_000)).toEqual([])
  setOnline([])
  expect(await look()).toEqual(['off'])
})

it('waits a minute where nobody can say who is there, and then lets the records decide', async () => {
  const { look, setOnline } = bench([{ id: 3, sn: 'somewhere' }])
  setOnline(undefined)
  expect(await look()).toEqual([])
  expect(await look(59_000)).toEqual([])
  expect(await look(1_000)).toEqual(['somewhere'])
})

it('looks through many, page by page', async () => {
  const many = Array.from({ length: 1_200 }, (_, i) => ({ id: i + 1, sn: `SN-${String(i)}` }))
  const { look } = bench(many)
  expect(new Set(await look()).size).toBe(1_200)
})
