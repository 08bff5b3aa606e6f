import { expect, it } from 'vitest'
import { createRecorderNotices } from '../../../gateway/src/adapters/notices/recorder-notices.js'
import { notice, noticesContract } from './notices.contract.js'

noticesContract('the recorder', () => {
  const notices = createRecorderNotices()
  return Promise.resolve({ notices, sent: () => notices.sent() })
})

it('forgets the notice sent longest ago, and nothing else', async () => {
  const notices = createRecorderNotices(2)
  for (const key of ['a', 'b', 'c']) await notices.send(notice(key))
  expect(notices.sent().map(({ idempotencyKey }) => idempotencyKey)).toEqual(['b', 'c'])
  expect(await notices.send(notice('a'))).toEqual({ ok: true, reference: 'recorded-4' })
})
