import { expect, it } from 'vitest'
import { createRecorderHost } from './recorder-host.js'

const call = (tid: string, callNumber: number) => ({
  acquirerCode: '4802',
  mid: 'M1',
  tid,
  callNumber,
  reason: '',
})

it('knows every TID, open until it is blocked', async () => {
  const host = createRecorderHost()
  expect(await host.show(call('T1', 0))).toEqual({ ok: true, state: 'open', callNumber: 0 })
})

it('never remembers more TIDs than it may, and forgets the one called longest ago', async () => {
  const host = createRecorderHost(2)
  await host.block(call('A', 5))
  await host.block(call('B', 5))
  await host.block(call('A', 6))
  await host.block(call('C', 5))
  expect(await host.unblock(call('A', 5))).toMatchObject({ code: 'stale' })
  expect(await host.unblock(call('C', 4))).toMatchObject({ code: 'stale' })
  expect(await host.show(call('B', 0))).toMatchObject({ callNumber: 0 })
})
