import { afterAll, beforeAll, expect, it } from 'vitest'

import { openStage, type Stage } from './stage.js'
import type { Till } from './till.js'
import { isOf } from './watched-records.js'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 60_000)

afterAll(() => stage.end(), 60_000)

/** What keeps a command in its phase until the gateway is off; `release` lets it go on. */
interface Held {
  readonly timings?: { readonly eraseSlotMs: number }
  hold(till: Till): void
  release(till: Till): void
}

const losing = (lost: 'command' | 'proceed'): Held => ({
  hold: ({ line }) => {
    line.losesDown = ({ kind }) => kind === lost
  },
  release: ({ line }) => {
    line.losesDown = () => false
  },
})

const nothing = (): void => undefined

const held = {
  published: losing('command'),
  preparing: {
    hold: () => void (stage.host.faults.terminals.plan.isUnavailable = true),
    release: () => void (stage.host.faults.terminals.plan.isUnavailable = false),
  },
  ready: {
    hold: () => {
      stage.ears.beforeSubmit = (submitted) =>
        isOf(submitted, 'begin-host-call')
          ? Promise.reject(new Error('held by the test'))
          : undefined
    },
    release: () => {
      stage.ears.beforeSubmit = undefined
    },
  },
  tid_blocking: {
    hold: () => stage.whenOrdering(() => void (stage.host.faults.api.plan.isUnavailable = true)),
    release: () => void (stage.host.faults.api.plan.isUnavailable = false),
  },
  proceed_sent: losing('proceed'),
  // Long enough to be met at it, also on a slow machine; the terminal goes on without a gateway.
  erasing: { timings: { eraseSlotMs: 700 }, hold: nothing, release: nothing },
} satisfies Readonly<Record<string, Held>>

const ways = [{}, { over: 'wss', version: 4 }, { version: 4 }] as const
const phases = Object.entries<Held>(held).map(
  ([phase, one], index) => [phase, one, ways[index % ways.length]!] as const,
)

it.each(phases)('an unbind that stands in %s ends attested, once', async (phase, one, way) => {
  const till = await stage.till({ ...way, ...(one.timings && { timings: one.timings }) })
  await till.sellAll(2)
  one.hold(till)
  const uuid = await till.unbind()
  await stage.until(uuid, phase)
  await stage.stopNode()
  one.release(till)
  await till.until('a broken line', () =>
    till.heard.some((n) => n.what === 'link' && n.is === 'down'),
  )
  await stage.openNode()
  const { command, proofs } = await stage.until(uuid, 'done')

  expect(command).toMatchObject({ open: 0, outcomeUnknown: 0 })
  expect(proofs).toHaveLength(1)
  expect((await stage.happened(uuid)).filter((what) => what === 'attested')).toHaveLength(1)
  await till.until('its Receipt', () => till.proofs()[0]?.receipted === true)
  expect(till.noted('erasing')).toBe(1)
  expect(till.noted('erased')).toBe(1)
  expect(till.keysHeld()).toEqual([])
  expect(till.atHost().state).toBe('blocked')
})
