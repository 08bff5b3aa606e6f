/** The wire form of the host's answers; the requests' is in `iso-fields.ts`. */
import { checkFields } from './field-rules.js'
import type { FieldReader } from './field-rules.js'
import { requestMti, responseMti } from './iso-fields.js'
import { hostLimits } from './limits.js'
import { responseCodes } from './messages.js'
import type {
  Approval,
  BatchTotals,
  HostRequest,
  HostResponse,
  RefusalCode,
  ResponseCode,
} from './messages.js'

const digits = (value: number, width: number): string => String(value).padStart(width, '0')

const totalsText = (totals: BatchTotals): string =>
  `${digits(totals.count, 6)}${digits(totals.amountMinor, 15)}`

const approvalFields = (approval: Approval): Record<string, string> => {
  switch (approval.kind) {
    case 'signOn':
      return { f60: `00${digits(approval.batchNumber, 6)}001`, f62: approval.field62 }
    case 'sale':
    case 'offlineUpload':
      return { f38: approval.authCode }
    case 'settle':
      return { f48: totalsText(approval.totals) }
    case 'batchUpload':
      return { f48: digits(approval.received, 6), f60: approval.closed ? '207' : '206' }
    case 'reversal':
    case 'signOff':
      return {}
    default:
      return approval satisfies never
  }
}

/** `mti` is the request's, which for an unreadable one is all that is known of it. */
export const encodeResponse = (mti: string, response: HostResponse): Uint8Array => {
  const fields: Record<string, string> = {
    mti: responseMti(mti),
    f7: String(response.hostTimeMs),
    f11: digits(response.trace, 6),
    f39: response.responseCode,
  }
  if (response.responseCode === '00') {
    Object.assign(fields, approvalFields(response.approval))
  } else {
    fields['f44'] = response.detail
    if (response.hostTotals !== undefined) fields['f48'] = totalsText(response.hostTotals)
  }
  return new Uint8Array(Buffer.from(JSON.stringify(fields), 'utf8'))
}

const totalsPattern = /^\d{21}$/

const totalsFrom = (text: string): BatchTotals => ({
  count: Number(text.slice(0, 6)),
  amountMinor: Number(text.slice(6)),
})

const readApproval = (fields: FieldReader, request: HostRequest): Approval => {
  switch (request.kind) {
    case 'signOn':
      return {
        kind: 'signOn',
        batchNumber: Number(fields.text('f60', /^00\d{6}001$/).slice(2, 8)),
        field62: fields.text('f62', /^([0-9A-Fa-f]{80}|[0-9A-Fa-f]{120})$/),
      }
    case 'sale':
    case 'offlineUpload':
      return { kind: request.kind, authCode: fields.text('f38', /^\d{6}$/) }
    case 'settle':
      return { kind: 'settle', totals: totalsFrom(fields.text('f48', totalsPattern)) }
    case 'batchUpload':
      return {
        kind: 'batchUpload',
        received: Number(fields.text('f48', /^\d{6}$/)),
        closed: fields.text('f60', /^20[67]$/) === '207',
      }
    case 'reversal':
    case 'signOff':
      return { kind: request.kind }
    default:
      return request satisfies never
  }
}

const isResponseCode = (text: string): text is ResponseCode => Object.hasOwn(responseCodes, text)

const readResponse =
  (request: HostRequest) =>
  (fields: FieldReader): HostResponse => {
    if (fields.text('mti', /^\d{4}$/) !== responseMti(requestMti[request.kind])) {
      return fields.refuse('mti')
    }
    const trace = fields.number('f11', /^\d{6}$/, 0, hostLimits.traceMax)
    const hostTimeMs = fields.number('f7', /^\d{1,15}$/, 0, Number.MAX_SAFE_INTEGER)
    const responseCode = fields.text('f39', /^[0-9A-Z]{2}$/)
    if (!isResponseCode(responseCode)) return fields.refuse('f39')
    // An answer of another request: the connection is out of step. 0: it could not read ours.
    if (trace !== request.trace && !(trace === 0 && responseCode === '30')) {
      return fields.refuse('f11')
    }
    const head = { ok: true, trace: request.trace, hostTimeMs } as const
    if (responseCode === '00') {
      return { ...head, responseCode, approval: readApproval(fields, request) }
    }
    const code: RefusalCode = responseCode
    const totals = fields.optionalText('f48', totalsPattern)
    const hostTotals = totals === undefined ? undefined : totalsFrom(totals)
    const detail = fields.optionalText('f44', /^[\x20-\x7e]{0,160}$/) ?? ''
    return { ...head, responseCode: code, detail, hostTotals }
  }

/** Undefined: not an answer to this request. */
export const parseResponse = (
  message: Uint8Array,
  request: HostRequest,
): HostResponse | undefined => {
  const checked = checkFields(message, readResponse(request))
  return checked.ok ? checked.value : undefined
}
