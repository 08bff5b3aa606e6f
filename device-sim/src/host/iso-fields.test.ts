import { describe, expect, it } from 'vitest'
import { createPrng } from '../system/prng.js'
import { encodeResponse, parseResponse } from './iso-answers.js'
import { encodeRequest, parseRequest, requestMti } from './iso-fields.js'
import type { HostRequest, HostResponse } from './messages.js'

const head = { acquirerCode: '48020000', mid: '898310148160568', tid: 'T-0000_1', sn: 'SN.1' }
const inBatch = { ...head, trace: 999_999, batchNumber: 999_999, mac: '00112233aAbBcCdD' }
const money = { amountMinor: 999_999_999_999, currency: '156', takenAtMs: 1_700_000_000_123 }
const record = { kind: 'offline', trace: 1, amountMinor: 999_999_999_999 } as const

const requests: readonly HostRequest[] = [
  { kind: 'signOn', ...head, trace: 1 },
  { kind: 'sale', ...inBatch, ...money },
  { kind: 'reversal', ...inBatch, ...money },
  { kind: 'offlineUpload', ...inBatch, ...money, amountMinor: 1 },
  { kind: 'settle', ...inBatch, totals: { count: 0, amountMinor: 0 } },
  { kind: 'settle', ...inBatch, totals: { count: 5_000, amountMinor: 999_999_999_999_999 } },
  { kind: 'batchUpload', ...inBatch, records: [], last: true },
  { kind: 'batchUpload', ...inBatch, records: [record, { ...record, kind: 'sale' }], last: false },
  {
    kind: 'batchUpload',
    ...inBatch,
    records: Array.from({ length: 64 }, () => record),
    last: true,
  },
  { kind: 'signOff', ...inBatch },
]

const answered = { ok: true, trace: 999_999, hostTimeMs: 1_700_000_000_000 } as const
const totals = { count: 12, amountMinor: 34_567 }
const field62 = 'AB'.repeat(60)

const responses: readonly (readonly [HostRequest['kind'], HostResponse])[] = [
  [
    'signOn',
    {
      ...answered,
      trace: 1,
      responseCode: '00',
      approval: { kind: 'signOn', batchNumber: 7, field62 },
    },
  ],
  ['sale', { ...answered, responseCode: '00', approval: { kind: 'sale', authCode: '000042' } }],
  ['reversal', { ...answered, responseCode: '00', approval: { kind: 'reversal' } }],
  ['settle', { ...answered, responseCode: '00', approval: { kind: 'settle', totals } }],
  ['settle', { ...answered, responseCode: '95', detail: 'differ', hostTotals: totals }],
  ['sale', { ...answered, responseCode: '97', detail: '', hostTotals: undefined }],
  [
    'batchUpload',
    {
      ...answered,
      responseCode: '00',
      approval: { kind: 'batchUpload', received: 64, closed: true },
    },
  ],
  ['signOff', { ...answered, responseCode: '00', approval: { kind: 'signOff' } }],
]

const requestOf = (kind: HostRequest['kind']): HostRequest =>
  requests.find((request) => request.kind === kind) ?? expect.fail(kind)

describe('the wire form', () => {
  it.each(requests)('carries a request unchanged: $kind', (request) => {
    expect(parseRequest(encodeRequest(request))).toEqual({ ok: true, request })
  })

  it.each(responses)('carries an answer unchanged: %s %o', (kind, response) => {
    const request = requestOf(kind)
    expect(parseResponse(encodeResponse(requestMti[kind], response), request)).toEqual(response)
  })

  it('takes no answer for another request than its own', () => {
    const [, approved] = responses[1] ?? expect.fail('no answer')
    const answer = encodeResponse('0200', approved)
    const sale = requestOf('sale')
    expect(parseResponse(answer, { ...sale, trace: 1 })).toBeUndefined()
    expect(parseResponse(answer, requestOf('reversal'))).toBeUndefined()
    expect(parseResponse(encodeResponse('0400', approved), sale)).toBeUndefined()
  })

  it('reads a message damaged anywhere as another message or none, and never throws', () => {
    const prng = createPrng('damage')
    for (const request of requests) {
      const whole = encodeRequest(request)
      for (let round = 0; round < 200; round++) {
        const damaged = whole.slice()
        const at = prng.between(0, damaged.length - 1)
        damaged[at] = (damaged[at] ?? 0) ^ (1 << prng.between(0, 7))
        const parsed = parseRequest(damaged)
        if (parsed.ok) expect(Object.keys(parsed.request)).toEqual(Object.keys(request))
        else expect(parsed.field).not.toBe('')
      }
    }
  })

  it('takes no more records than one upload may have', () => {
    const records = Array.from({ length: 65 }, () => record)
    const request = { kind: 'batchUpload', ...inBatch, records, last: true } as const
    expect(parseRequest(encodeRequest(request))).toMatchObject({ ok: false, field: 'f48' })
  })
})
