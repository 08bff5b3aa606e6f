import { describe, expect, test } from 'vitest'
import type { Flash, FlashDone } from '../flash/flash.js'
import { createMemoryFlash } from '../flash/memory-flash.js'
import { createManualTime } from '../system/manual-time.js'
import type { Effect } from '../terminal/effect.js'
import { Executor } from './executor.js'

const show = (text: string): Effect => ({ kind: 'show', text })
const sync: Effect = { kind: 'sync' }
const write: Effect = { kind: 'write', changes: [{ cell: 'sequence', value: 1 }] }

/** A disk whose syncs wait until the test ends them. */
const slowDisk = () => {
  const memory = createMemoryFlash()
  const waiting: FlashDone[] = []
  const flash: Flash = { ...memory, sync: (done) => void waiting.push(done) }
  return { flash, memory, waiting }
}

const rig = (flash: Flash = createMemoryFlash()) => {
  const time = createManualTime(0)
  const did: string[] = []
  const failures: string[] = []
  const executor = new Executor({
    flash,
    timers: time,
    execute: (effect) => void did.push(effect.kind === 'show' ? effect.text : effect.kind),
    failed: (failure) => void failures.push(failure.message),
  })
  return { executor, time, did, failures }
}

describe('effects', () => {
  test('happen in their order, and nothing after a sync before the disk is done', () => {
    const { flash, waiting } = slowDisk()
    const { executor, did } = rig(flash)
    executor.add([show('a'), write, sync, show('b'), sync, show('c')])
    executor.add([show('d')])
    expect(did).toEqual(['a'])
    waiting.shift()?.()
    expect(did).toEqual(['a', 'b'])
    waiting.shift()?.()
    expect(did).toEqual(['a', 'b', 'c', 'd'])
  })

  test('of a quick disk happen at once, those that an effect causes after the others', () => {
    const memory = createMemoryFlash()
    const { executor, did } = rig(memory)
    executor.add([write, sync, show('a'), sync, show('b')])
    expect(did).toEqual(['a', 'b'])
    expect(memory.durable().cells.sequence).toBe(1)
  })

  test('wait where they are told to, all of them', () => {
    const { executor, did, time } = rig()
    executor.add([show('a'), { kind: 'wait', ms: 100 }, show('b')])
    executor.add([show('c')])
    time.advance(99)
    expect(did).toEqual(['a'])
    time.advance(1)
    expect(did).toEqual(['a', 'b', 'c'])
  })

  test('that were dropped never happen, also when the disk is done later', () => {
    const { flash, waiting } = slowDisk()
    const { executor, did, time } = rig(flash)
    executor.add([sync, show('lost')])
    executor.drop()
    executor.add([show('after')])
    waiting.shift()?.()
    expect(did).toEqual(['after'])
    executor.add([{ kind: 'wait', ms: 10 }, show('lost too')])
    executor.drop()
    expect(time.pending()).toBe(0)
  })

  test('end with a disk that fails', () => {
    const { flash, waiting } = slowDisk()
    const { executor, did, failures } = rig(flash)
    executor.add([sync, show('never')])
    waiting.shift()?.(new Error('no space'))
    expect(failures).toEqual(['no space'])
    expect(did).toEqual([])
  })
})
