import { commandTypeNumbers } from '@tillgate/protocol'
import { describe, expect, it } from 'vitest'

import { coreLimits } from '../limits.js'
import { queuedCommand } from '../operations/command-row.js'
import type { CommandRow } from '../records/tables.js'
import type { Sent } from './lane.js'
import { defaultTiming, planLane, type Step } from './plan-lane.js'

const now = 1_000_000

const command = (id: number, over: Partial<CommandRow> = {}): CommandRow => ({
  ...queuedCommand({
    uuid: Uint8Array.of(id),
    terminalId: 1,
    bindingId: null,
    type: commandTypeNumbers.SelfTest,
    destructive: 0,
    payload: new Uint8Array(0),
    assetEpoch: 0,
    bindingEpoch: 1,
    createdBy: 'me',
    createdAtMs: 0,
    notAfterMs: now * 2,
  }),
  id,
  ...over,
})

const unbind = (id: number, over: Partial<CommandRow> = {}): CommandRow =>
  command(id, { type: commandTypeNumbers.Unbind, destructive: 1, ...over })

const published = { state: 'published', attempts: 1, seq: 5 } as const

const plan = (
  commands: readonly CommandRow[],
  sent: readonly (readonly [number, Sent])[] = [],
  seqIssued = 5,
) => planLane({ commands, sent: new Map(sent), seqIssued, now, monotonic: 10_000 }, defaultTiming)

const told = (steps: readonly Step[]): readonly string[] =>
  steps.map(
    (step) =>
      `${step.do}${step.do === 'note-time' ? `:${step.over}` : ''} ${String(step.command.id)}`,
  )

describe('the order of a lane', () => {
  it('claims in order, and no more than may be in flight', () => {
    expect(told(plan([command(1), command(2), command(3)]).steps)).toEqual(['claim 1', 'claim 2'])
  })

  it('gives a destructive command the lane to itself', () => {
    expect(
      told(
        plan(
          [command(1, published), unbind(2)],
          [[1, { kind: 'command', at: 9_999, tries: 1, seq: 5 }]],
        ).steps,
      ),
    ).toEqual([])
    expect(told(plan([unbind(1), command(2), unbind(3)]).steps)).toEqual(['claim 1'])
  })

  it('lets nothing pass a destructive command that waits', () => {
    const busy = command(1, { state: 'accepted', attempts: 1, seq: 4 })
    const steps = told(plan([busy, unbind(2), command(3)]).steps)
    expect(steps).not.toContain('claim 3')
  })

  it('lets a Lock overtake a prepared unbind, and nothing overtake a Proceed', () => {
    const lock = command(2, { type: commandTypeNumbers.Lock })
    const ready = unbind(1, {
      state: 'running',
      phase: 'ready',
      attempts: 1,
      readyAtMs: now,
      leaseMs: 120_000,
    })
    expect(told(plan([ready, lock]).steps)).toEqual(['claim 2'])
    const sent = unbind(1, { state: 'running', phase: 'proceed_sent', attempts: 1 })
    expect(told(plan([sent, lock]).steps)).toEqual(['resend-proceed 1'])
  })

  it('passes an unknown outcome only after a Query was answered', () => {
    const unknown = command(1, { state: 'expired', outcomeUnknown: 1, attempts: 1, seq: 4 })
    expect(told(plan([unknown, command(2)]).steps)).toEqual(['query 1'])
  })
})

describe('repeating', () => {
  const sent: Sent = { kind: 'command', at: 0, tries: 1, seq: 5 }

  it('sends the stored body again while its sequence is the highest', () => {
    expect(told(plan([command(1, published)], [[1, sent]]).steps)).toEqual(['resend 1'])
  })

  it('makes a new attempt when a higher sequence was given out, or in a new session', () => {
    expect(told(plan([command(1, published)], [[1, sent]], 6).steps)).toEqual(['claim 1'])
    expect(told(plan([command(1, published)]).steps)).toEqual(['claim 1'])
  })

  it('waits twice as long each time', () => {
    const third: Sent = { ...sent, at: 10_000, tries: 3 }
    expect(plan([command(1, published)], [[1, third]])).toMatchObject({
      steps: [],
      wakeInMs: defaultTiming.resendMs * 4,
    })
  })
})

describe('an unbind that was claimed as often as may be', () => {
  const spent = unbind(1, { ...published, attempts: coreLimits.attemptsMax })

  it('is asked after, in a new session and under a newer sequence, instead of claimed for nothing', () => {
    const preparing = { ...spent, state: 'running', phase: 'preparing' } as const
    expect(told(plan([spent]).steps)).toEqual(['query 1'])
    expect(told(plan([preparing]).steps)).toEqual(['query 1'])
    expect(
      told(plan([spent], [[1, { kind: 'command', at: 0, tries: 1, seq: 5 }]], 6).steps),
    ).toEqual(['query 1'])
  })

  it('is still sent again as it is', () => {
    expect(told(plan([spent], [[1, { kind: 'command', at: 0, tries: 1, seq: 5 }]]).steps)).toEqual([
      'resend 1',
    ])
  })

  it('is claimed once it is known to have been given up, so that the records park it', () => {
    expect(told(plan([{ ...spent, state: 'queued' }]).steps)).toEqual(['claim 1'])
  })
})

describe('an unbind that is being aborted', () => {
  const aborting = unbind(1, { ...published, state: 'running', phase: 'aborting' })
  const aborted = (tries: number): readonly [number, Sent] => [
    1,
    { kind: 'abort', at: -100_000, tries, seq: 6 },
  ]

  it('is asked after where Aborts bring nothing, and aborted again', () => {
    expect(told(plan([aborting]).steps)).toEqual(['abort 1'])
    expect(told(plan([aborting], [aborted(1)]).steps)).toEqual(['abort 1'])
    expect(told(plan([aborting], [aborted(2)]).steps)).toEqual(['query 1'])
    const asked: Sent = { kind: 'query', at: 0, tries: 1, seq: 7 }
    expect(told(plan([aborting], [[1, asked]]).steps)).toEqual(['abort 1'])
  })
})

describe('a prepared unbind', () => {
  const prepared = (over: Partial<CommandRow>): CommandRow =>
    unbind(1, {
      state: 'running',
      phase: 'tid_blocking',
      attempts: 1,
      seq: 5,
      readyAtMs: now,
      leaseMs: 120_000,
      hostAnswer: 'blocked',
      ...over,
    })

  it('proceeds once the host has blocked', () => {
    expect(told(plan([prepared({})]).steps)).toEqual(['commit-proceed 1'])
    expect(told(plan([prepared({ hostAnswer: null })]).steps)).toEqual([])
  })

  it('does not proceed at the end of its lease', () => {
    expect(told(plan([prepared({ readyAtMs: now - 115_000 })]).steps)).toEqual([
      'note-time:lease-over 1',
    ])
  })

  it('is asked after a Proceed that nobody answers', () => {
    const sent: Sent = { kind: 'proceed', at: -1_000, tries: 1, seq: 6 }
    expect(told(plan([prepared({ phase: 'proceed_sent' })], [[1, sent]]).steps)).toEqual([
      'note-time:proceed-silent 1',
    ])
    expect(told(plan([prepared({ phase: 'proceed_unknown' })], [[1, sent]]).steps)).toEqual([
      'query 1',
    ])
  })

  it('that is being unblocked waits for the host alone', () => {
    expect(plan([prepared({ phase: 'tid_unblocking' })])).toEqual({ steps: [], wakeInMs: Infinity })
  })
})
