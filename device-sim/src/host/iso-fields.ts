/**
 * The wire form of host messages: a JSON object with ISO 8583 field numbers as names (`mti`, `f4`,
 * `f11` …) and text values, in the numbers' usual formats. It imitates the names and the order of
 * things, not the bitmap. Whatever comes in is checked here in full and nowhere else.
 */
import { hostLimits } from './limits.js'
import type { BatchRecord, BatchTotals, HostRequest, HostRequestKind } from './messages.js'
import { checkFields } from './field-rules.js'
import type { FieldReader } from './field-rules.js'

export const requestMti = {
  signOn: '0800',
  sale: '0200',
  reversal: '0400',
  offlineUpload: '0220',
  settle: '0500',
  batchUpload: '0320',
  signOff: '0820',
} as const satisfies Record<HostRequestKind, string>

/** An answer's type is the request's, plus ten. */
export const responseMti = (mti: string): string =>
  String(Number(mti) + 10).padStart(mti.length, '0')

/** Field 60: transaction type 2, batch number 6, network management code 3. */
const field60Parts = {
  sale: ['22', '000'],
  reversal: ['22', '000'],
  offlineUpload: ['24', '000'],
  settle: ['00', '201'],
  signOff: ['00', '002'],
} as const

const batchUploadMore = ['00', '206'] as const
const batchUploadEnd = ['00', '207'] as const

const digits = (value: number, width: number): string => String(value).padStart(width, '0')

const partsOf = (request: Exclude<HostRequest, { kind: 'signOn' }>): readonly [string, string] => {
  if (request.kind !== 'batchUpload') return field60Parts[request.kind]
  return request.last ? batchUploadEnd : batchUploadMore
}

const totalsText = (totals: BatchTotals): string =>
  `${digits(totals.count, 6)}${digits(totals.amountMinor, 15)}`

const recordText = ({ kind, trace, amountMinor }: BatchRecord): string =>
  `${kind === 'offline' ? '1' : '0'}${digits(trace, 6)}${digits(amountMinor, 12)}`

const recordTextLength = 19

const bodyFields = (request: HostRequest): Record<string, string> => {
  switch (request.kind) {
    case 'sale':
    case 'reversal':
    case 'offlineUpload':
      return {
        f4: digits(request.amountMinor, 12),
        f12: String(request.takenAtMs),
        f49: request.currency,
      }
    case 'settle':
      return { f48: totalsText(request.totals) }
    case 'batchUpload':
      return { f48: request.records.map(recordText).join('') }
    case 'signOn':
    case 'signOff':
      return {}
    default:
      return request satisfies never
  }
}

export const encodeRequest = (request: HostRequest): Uint8Array => {
  const fields: Record<string, string> = {
    mti: requestMti[request.kind],
    f11: digits(request.trace, 6),
    f32: request.acquirerCode,
    f41: request.tid,
    f42: request.mid,
    f59: request.sn,
    ...bodyFields(request),
  }
  if (request.kind !== 'signOn') {
    const [type, code] = partsOf(request)
    fields['f60'] = `${type}${digits(request.batchNumber, 6)}${code}`
    fields['f64'] = request.mac
  }
  return new Uint8Array(Buffer.from(JSON.stringify(fields), 'utf8'))
}

export type ParsedRequest =
  | { readonly ok: true; readonly request: HostRequest }
  /** `trace` and `mti` as far as they could be read, for the answer 30. */
  | {
      readonly ok: false
      readonly field: string
      readonly mti: string
      readonly trace: number
    }

const kindByMti: Readonly<Record<string, HostRequestKind>> = {
  '0800': 'signOn',
  '0200': 'sale',
  '0400': 'reversal',
  '0220': 'offlineUpload',
  '0500': 'settle',
  '0320': 'batchUpload',
  '0820': 'signOff',
}

const readTotals = (fields: FieldReader): BatchTotals => {
  const text = fields.text('f48', /^\d{21}$/)
  return { count: Number(text.slice(0, 6)), amountMinor: Number(text.slice(6)) }
}

const readRecords = (fields: FieldReader): BatchRecord[] => {
  const text = fields.text('f48', /^([01]\d{18})*$/)
  const count = text.length / recordTextLength
  if (count > hostLimits.batchRecordsPerUploadMax) fields.refuse('f48')
  return Array.from({ length: count }, (_, i) => {
    const one = text.slice(i * recordTextLength, (i + 1) * recordTextLength)
    return {
      kind: one.startsWith('1') ? 'offline' : 'sale',
      trace: Number(one.slice(1, 7)),
      amountMinor: Number(one.slice(7)),
    }
  })
}

interface BatchField {
  readonly batchNumber: number
  readonly type: string
  readonly code: string
}

const readField60 = (fields: FieldReader): BatchField => {
  const text = fields.text('f60', /^\d{11}$/)
  const batchNumber = Number(text.slice(2, 8))
  if (batchNumber === 0) fields.refuse('f60')
  return { batchNumber, type: text.slice(0, 2), code: text.slice(8) }
}

const readRequest = (fields: FieldReader): HostRequest => {
  const kind = kindByMti[fields.text('mti', /^\d{4}$/)]
  if (kind === undefined) return fields.refuse('mti')
  const head = {
    acquirerCode: fields.token('f32', hostLimits.acquirerCodeLengthMax),
    mid: fields.token('f42', hostLimits.midLengthMax),
    tid: fields.token('f41', hostLimits.tidLengthMax),
    sn: fields.token('f59', hostLimits.snLengthMax),
    trace: fields.number('f11', /^\d{6}$/, 1, hostLimits.traceMax),
  }
  if (kind === 'signOn') return { kind, ...head }
  const { batchNumber, type, code } = readField60(fields)
  const mac = fields.text('f64', /^[0-9A-Fa-f]{16}$/)
  const isEnd = kind === 'batchUpload' && code === batchUploadEnd[1]
  const expected =
    kind === 'batchUpload' ? (isEnd ? batchUploadEnd : batchUploadMore) : field60Parts[kind]
  if (type !== expected[0] || code !== expected[1]) fields.refuse('f60')
  const inBatch = { ...head, batchNumber, mac }
  switch (kind) {
    case 'settle':
      return { kind, ...inBatch, totals: readTotals(fields) }
    case 'batchUpload':
      return { kind, ...inBatch, records: readRecords(fields), last: isEnd }
    case 'signOff':
      return { kind, ...inBatch }
    default: {
      const amountMinor = fields.number('f4', /^\d{12}$/, 1, hostLimits.amountMinorMax)
      const takenAtMs = fields.number('f12', /^\d{1,15}$/, 0, Number.MAX_SAFE_INTEGER)
      return { kind, ...inBatch, amountMinor, currency: fields.text('f49', /^\d{3}$/), takenAtMs }
    }
  }
}

export const parseRequest = (message: Uint8Array): ParsedRequest => {
  const checked = checkFields(message, readRequest)
  if (checked.ok) return { ok: true, request: checked.value }
  const { field, fields } = checked
  const mti = fields['mti'] ?? ''
  const trace = Number(fields['f11'] ?? 0)
  return {
    ok: false,
    field,
    mti: /^\d{4}$/.test(mti) ? mti : '0000',
    trace: Number.isSafeInteger(trace) && trace > 0 && trace <= hostLimits.traceMax ? trace : 0,
  }
}
