import { expect, test } from 'vitest'
import { fieldsOf, openBench, startMs, type Bench } from './bench.js'

const bound = async (bench: Bench) => {
  const body = { acquirerCode: '48020000', mid: '898440353110001', name: 'Corner Café' }
  const merchant = await bench.call('POST', '/v1/merchants', { body })
  const merchantId = String(merchant.at('id'))
  await bench.call('POST', '/v1/terminals', { body: { sn: 'SN-1', vendor: 'PAX', model: 'A920' } })
  const binding = { sn: 'SN-1', merchantId, tid: '10000001' }
  return { merchantId, made: await bench.call('POST', '/v1/bindings', { body: binding }) }
}

test('a binding is answered with its Bind command, and both can be shown and found', async () => {
  const bench = await openBench()
  const { merchantId, made } = await bound(bench)
  expect(made.status).toBe(201)
  expect(made.at('binding.state')).toBe('DELIVERING')
  expect(made.at('binding.merchantId')).toBe(merchantId)
  expect(made.at('binding.epoch')).toBe(1)
  expect(made.at('command.type')).toBe('Bind')
  expect(made.at('command.state')).toBe('queued')
  expect(made.at('command.bindingId')).toBe(made.at('binding.id'))
  expect(made.at('command.parameters.mid')).toBe('898440353110001')
  expect(made.headers['location']).toBe(`/v1/bindings/${String(made.at('binding.id'))}`)
  const shown = await bench.call('GET', String(made.headers['location']))
  expect(shown.json).toEqual(made.at('binding'))
  for (const query of ['sn=SN-1', `merchantId=${merchantId}`, 'live=true']) {
    const list = await bench.call('GET', `/v1/bindings?${query}`)
    expect(list.at('items.0.id')).toBe(made.at('binding.id'))
  }
  expect((await bench.call('GET', '/v1/bindings?live=false')).at('items')).toEqual([])
})

test('a terminal and a TID are given away once, and the refusal names the field', async () => {
  const bench = await openBench()
  const { merchantId } = await bound(bench)
  const sameSn = { sn: 'SN-1', merchantId, tid: '10000002' }
  const again = await bench.call('POST', '/v1/bindings', { body: sameSn })
  expect(again.status).toBe(409)
  expect(fieldsOf(again)).toEqual(['sn'])
  await bench.call('POST', '/v1/terminals', { body: { sn: 'SN-2', vendor: 'V', model: 'M' } })
  const sameTid = { sn: 'SN-2', merchantId, tid: '10000001' }
  const taken = await bench.call('POST', '/v1/bindings', { body: sameTid })
  expect(taken.at('code')).toBe('TID_IN_USE')
  expect(fieldsOf(taken)).toEqual(['tid'])
})

test('an order is shown with who gave it, when, and every line of its ledger', async () => {
  const bench = await openBench()
  await bound(bench)
  const body = { sn: 'SN-1', type: 'Lock', parameters: { reason: 'late' }, expiresInSeconds: 60 }
  const ordered = await bench.call('POST', '/v1/commands', { body })
  expect(ordered.status).toBe(201)
  expect(ordered.at('createdBy')).toBe('tester')
  expect(ordered.at('createdAt')).toBe('2026-03-01T09:00:00.000Z')
  expect(ordered.at('notAfter')).toBe(new Date(startMs + 60_000).toISOString())
  expect(ordered.at('parameters')).toEqual({ reason: 'late' })
  expect(ordered.at('outcome')).toBe('known')
  const shown = await bench.call('GET', String(ordered.headers['location']))
  expect(shown.at('ledger.0.kind')).toBe('command.ordered')
  expect(shown.at('ledger.0.actor')).toBe('tester')
  expect(shown.at('ledger.0.at')).toBe('2026-03-01T09:00:00.000Z')
  expect(shown.at('proofs')).toEqual([])
  const found = await bench.call('GET', '/v1/commands?sn=SN-1&type=Lock&state=queued')
  expect(found.at('items')).toHaveLength(1)
})

test('a command that has not left is cancelled; another cancel is told how it ended', async () => {
  const bench = await openBench()
  await bound(bench)
  const ordered = await bench.call('POST', '/v1/commands', {
    body: { sn: 'SN-1', type: 'SelfTest' },
  })
  const url = `${String(ordered.headers['location'])}/cancel`
  const cancelled = await bench.call('POST', url)
  expect(cancelled.status).toBe(200)
  expect(cancelled.at('state')).toBe('cancelled')
  const again = await bench.call('POST', url)
  expect(again.status).toBe(409)
  expect(again.at('code')).toBe('ALREADY_DONE')
  expect(again.at('detail')).toBe('The command has ended: cancelled.')
  expect((await bench.call('GET', String(ordered.headers['location']))).at('state')).toBe(
    'cancelled',
  )
})

test('no answer shows an internal key, and every time is RFC 3339', async () => {
  const bench = await openBench()
  await bound(bench)
  for (const url of ['/v1/merchants', '/v1/terminals/SN-1', '/v1/bindings', '/v1/commands']) {
    const { text } = await bench.call('GET', url)
    expect(text).not.toMatch(/"(terminalId|bindCommandId|merchantUuid|fence|uuid|[a-zA-Z]+Ms)"/)
    expect(text).not.toMatch(/"id":[0-9]/)
    expect(text).toMatch(/"createdAt":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/)
  }
})
