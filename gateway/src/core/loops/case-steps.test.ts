import { expect, it, vi } from 'vitest'

import { caseLimits } from '../cases/limits.js'
import { decideCaseMove } from '../operations/case-move.js'
import type { Registry, RegistryAnswer } from '../ports/registry.js'
import type { UnbindCaseRow } from '../records/tables.js'
import { createCaseLoop } from './case-steps.js'

const settled = async (): Promise<void> => {
  for (let i = 0; i < 60; i++) await Promise.resolve()
}

const unavailable: RegistryAnswer = { ok: false, code: 'unavailable', detail: 'no connection' }

/** One case in memory, moved by the machine itself, and a registry that says what it is told to. */
const bench = (state: UnbindCaseRow['state'], waitsFor = '[]') => {
  const told: { answer: RegistryAnswer } = { answer: unavailable }
  const deregister = vi.fn<Registry['deregister']>(() => Promise.resolve(told.answer))
  let now = 1_000_000
  const row = {
    ...{ id: 1, terminalId: 2, commandId: 3, bindingId: 4, uuid: new Uint8Array(16) },
    ...{ open: state === 'CLOSED_UNPROVEN' ? 0 : 1, orders: 1, waivers: '[]', startsAtMs: 0 },
    ...{ acquirerCode: 'A', mid: 'M', tid: 'T', sn: 'S', tusn: null, reason: 'LOST' },
    ...{ state, waitsFor, dueAtMs: now as number | null },
  } as unknown as UnbindCaseRow
  const lines: string[] = []
  const records = {
    read: (name: string) =>
      Promise.resolve(
        name === 'due-cases' && row.dueAtMs !== null && row.dueAtMs <= now ? [{ ...row }] : [],
      ),
    submit: (_: string, { input, actor, atMs }: Parameters<typeof moved>[0]) =>
      Promise.resolve(moved({ input, actor, atMs })),
  }
  const moved = (act: {
    input: Parameters<typeof decideCaseMove>[1]
    actor: string
    atMs: number
  }) => {
    const { writes, result } = decideCaseMove(row, act.input, act)
    for (const write of writes as readonly { set?: object; row?: { kind?: string } }[]) {
      Object.assign(row, write.set)
      if (write.row?.kind !== undefined) lines.push(write.row.kind)
    }
    return result
  }
  const loop = createCaseLoop({
    records: records as never,
    host: {} as never,
    registry: { deregister } as never,
    clock: { now: () => now, monotonic: () => now },
    timers: { after: () => ({ cancel: () => undefined }) },
    ids: {} as never,
    log: { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() } as never,
    trail: {} as never,
    nudgeLane: () => undefined,
  })
  return {
    row,
    lines,
    told,
    deregister,
    async look(afterMs = 0) {
      now += afterMs
      loop.nudge()
      await settled()
    },
    /** Until it is due, once more. */
    async next() {
      const waitedMs = (row.dueAtMs ?? now) - now
      now += waitedMs
      loop.nudge()
      await settled()
      return waitedMs
    },
  }
}

it('asks a silent registry with growing pauses up to a cap, and says so once', async () => {
  const { look, next, lines, told, deregister, row } = bench('PROVEN')
  await look()
  const waited: number[] = []
  for (let i = 0; i < 7; i++) waited.push(await next())
  const minutes = waited.map((ms) => ms / 60_000)
  expect(minutes).toEqual([1, 1, 2, 4, 8, 15, 15])
  expect(minutes.at(-1)).toBe(caseLimits.registryAgainMsMax / 60_000)
  expect(deregister).toHaveBeenCalledTimes(8)
  expect(lines).toEqual(['case.deregistering', 'case.registry_silent'])
  told.answer = { ok: true, reference: 'r1' }
  await next()
  expect(lines).toEqual(['case.deregistering', 'case.registry_silent', 'case.closed'])
  expect(row).toMatchObject({ state: 'CLOSED', open: 0, dueAtMs: null, waitsFor: '[]' })
})

it('says it where a registry that was silent refuses, and asks it seldom from then on', async () => {
  const { look, next, lines, told, row } = bench('PROVEN')
  await look()
  told.answer = { ok: false, code: 'refused', detail: 'no' }
  await next()
  expect(lines.slice(1)).toEqual(['case.registry_silent', 'case.registry_silent'])
  expect(row.waitsFor).toBe('["REGISTRY_REFUSED"]')
  expect(await next()).toBe(caseLimits.askAgainLaterMs)
  expect(lines).toHaveLength(3)
})

it('tells the registry of a case that was closed by force as well', async () => {
  const { look, next, lines, told, deregister, row } = bench('CLOSED_UNPROVEN', '["PROOF_MISSING"]')
  await look()
  expect(deregister).toHaveBeenCalledTimes(1)
  expect(row.waitsFor).toBe('["PROOF_MISSING","REGISTRY_UNREACHABLE"]')
  await next()
  told.answer = { ok: true, reference: 'r1' }
  await next()
  expect(lines).toEqual(['case.registry_silent', 'case.deregistered'])
  expect(row).toMatchObject({ state: 'CLOSED_UNPROVEN', dueAtMs: null })
})

it('asks nothing where another node has taken the step a moment ago', async () => {
  const { look, deregister, row } = bench('DEREGISTERING')
  Object.assign(row, { dueAtMs: 1_000_000 + caseLimits.stepMs })
  await look()
  expect(deregister).not.toHaveBeenCalled()
})
