import { describe, expect, it, vi } from 'vitest'

import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { EventRow } from '../records/tables.js'
import { createEventReader } from './event-reader.js'

const log: Log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const line = (id: number): EventRow => ({
  id,
  atMs: 0,
  kind: 'command.done',
  terminalId: 1,
  commandId: 1,
  bindingId: null,
  actor: 'terminal',
  data: '{}',
  evidence: null,
  caseId: null,
})

interface Asked {
  readonly afterId: number
  readonly throughId: number
  readonly linesMax: number
  readonly limit: number
  readonly kindPrefix?: string
}

/** A ledger of `lines` lines, read by one reader. */
const ledger = (
  lines: number,
  take: (events: readonly EventRow[]) => Promise<void>,
  filter: { readonly kindPrefix?: string } = {},
) => {
  const state = { position: 0, unavailable: false }
  const records = {
    read: (name: string, input: Asked) => {
      if (name === 'cursor') return Promise.resolve({ position: state.position })
      if (name === 'event-stretch') {
        const throughId = Math.min(lines, input.afterId + input.linesMax)
        return Promise.resolve({ throughId, lines: throughId - input.afterId })
      }
      return Promise.resolve(
        Array.from({ length: lines }, (_, i) => line(i + 1))
          .filter(({ id, kind }) => {
            const { afterId, throughId, kindPrefix = '' } = input
            return id > afterId && id <= throughId && kind.startsWith(kindPrefix)
          })
          .slice(0, input.limit),
      )
    },
    submit: (_: string, input: { position: number }) => {
      if (state.unavailable) return Promise.reject(new Error('no records'))
      state.position = input.position
      return Promise.resolve({ position: input.position })
    },
  } as unknown as Records
  const timers = { after: () => ({ cancel: () => undefined }) }
  return {
    state,
    reader: createEventReader({ reader: 'r', records, timers, log, take, ...filter }),
  }
}

describe('an event reader', () => {
  it('keeps its place only after the sink took the lines', async () => {
    const taken: number[] = []
    let release: (() => void) | undefined
    const { state, reader } = ledger(2, async (events) => {
      taken.push(...events.map(({ id }) => id))
      await new Promise<void>((resolve) => (release = resolve))
    })
    reader.nudge()
    await settled()
    expect({ taken, position: state.position }).toEqual({ taken: [1, 2], position: 0 })
    release?.()
    await settled()
    expect(state.position).toBe(2)
  })

  it('hands lines on again where the sink failed or its place was not kept', async () => {
    const taken: number[] = []
    let failing = true
    const { state, reader } = ledger(1, (events) => {
      taken.push(...events.map(({ id }) => id))
      return failing ? Promise.reject(new Error('sink')) : Promise.resolve()
    })
    reader.nudge()
    await settled()
    failing = false
    state.unavailable = true
    reader.nudge()
    await settled()
    state.unavailable = false
    reader.nudge()
    await settled()
    reader.nudge()
    await settled()
    expect({ taken, position: state.position }).toEqual({ taken: [1, 1, 1], position: 1 })
  })

  it('reads page after page, each line in order and once', async () => {
    const taken: number[] = []
    const { reader } = ledger(1_203, (events) => {
      taken.push(...events.map(({ id }) => id))
      return Promise.resolve()
    })
    reader.nudge()
    await settled()
    expect(taken).toEqual(Array.from({ length: 1_203 }, (_, i) => i + 1))
  })

  it('writes its place down now and then where it passes over what it does not want', async () => {
    const take = vi.fn(() => Promise.resolve())
    const few = ledger(100, take, { kindPrefix: 'alarm.' })
    few.reader.nudge()
    await settled()
    expect(few.state.position).toBe(0)
    const many = ledger(12_000, take, { kindPrefix: 'alarm.' })
    many.reader.nudge()
    await settled()
    expect(many.state.position).toBe(10_000)
    expect(take).not.toHaveBeenCalled()
  })
})
