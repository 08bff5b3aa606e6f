// A thread of the records that dies: everything that waits is answered, and another takes its place.
import type { Worker } from 'node:worker_threads'
import { RecordsUnavailable, type Records } from '@tillgate/gateway'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tempFolder, waitFor } from '../../ground/index.js'
import { merchant } from '../../contract/records/inputs.js'
import { openHere } from './open-here.js'

let records: Records
const threads: Worker[] = []
const started = (worker: Worker): void => void threads.push(worker)

beforeEach(async () => {
  process.on('worker', started)
  records = await openHere(tempFolder('dead-thread'))
})

afterEach(async () => {
  process.off('worker', started)
  threads.length = 0
  await records.close()
})

/** Threads in the order of their start: the writer opens first. */
const thread = (place: number): Worker => threads[place] ?? expect.fail('no such thread')

test('when the writer dies, what waits is rejected, reads go on, and it comes back', async () => {
  await records.submit('create-merchant', merchant('before'))
  const waiting = Array.from({ length: 2_000 }, (_, n) =>
    records.submit('create-merchant', merchant(`M${String(n)}`)),
  )
  const outcomes = Promise.allSettled(waiting)
  await thread(0).terminate()
  const rejected = (await outcomes).filter((one) => one.status === 'rejected')
  expect(rejected.length).toBeGreaterThan(0)
  for (const one of rejected) expect(one.reason).toBeInstanceOf(RecordsUnavailable)
  expect(records.health()).toMatchObject({ ok: false, reason: expect.stringContaining('writer') })
  await expect(records.submit('create-merchant', merchant('late'))).rejects.toThrow('unavailable')
  expect((await records.read('merchants', { afterId: 0, limit: 1 })).length).toBe(1)

  await waitFor(() => records.health().ok, { what: 'another writer' })
  expect(await records.submit('create-merchant', merchant('after'))).toMatchObject({ ok: true })
})

test('when the reader dies, submits go on and reads come back', async () => {
  await thread(1).terminate()
  await waitFor(() => !records.health().ok, { what: 'the loss to be noticed' })
  expect(await records.submit('create-merchant', merchant('M1'))).toMatchObject({ ok: true })
  await expect(records.read('merchants', { afterId: 0, limit: 1 })).rejects.toBeInstanceOf(
    RecordsUnavailable,
  )
  await waitFor(() => records.health().ok, { what: 'another reader' })
  const [row] = await records.read('merchants', { afterId: 0, limit: 1 })
  expect(row?.mid).toBe('M1')
})
