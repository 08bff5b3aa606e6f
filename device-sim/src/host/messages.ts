/**
 * What a terminal says to the acquirer's host and what the host answers, as values. `iso-fields.ts`
 * puts them on the wire with ISO-8583-like field names; nothing else knows that form.
 * Card data is no part of this simulation. Order of an unbind's requests: domain §1.6 step 2.
 */

export interface TidName {
  readonly acquirerCode: string
  readonly mid: string
  readonly tid: string
}

interface RequestHead extends TidName {
  /** The terminal's serial number; the host knows which one may use the TID. */
  readonly sn: string
  /** Field 11, 1 to 999999, drawn by the terminal; with the batch number it names one transaction. */
  readonly trace: number
}

interface InBatch extends RequestHead {
  /** Field 60: the batch that sign-on opened. */
  readonly batchNumber: number
  /** Field 64: 16 hex digits, see `mac.ts`. */
  readonly mac: string
}

interface Money {
  /** Field 4, in the currency's smallest unit, 1 to 999,999,999,999. */
  readonly amountMinor: number
  /** Field 49, numeric: `156` is the yuan. */
  readonly currency: string
  /** Fields 12 and 13: when the terminal took it, by the terminal's clock. */
  readonly takenAtMs: number
}

/** 0800 签到. Without a MAC: there is no key yet. Only the true terminal can open what it gets. */
export interface SignOnRequest extends RequestHead {
  readonly kind: 'signOn'
}

/** 0200. */
export interface SaleRequest extends InBatch, Money {
  readonly kind: 'sale'
}

/** 0400 冲正: `trace`, batch and amount are those of the sale that is taken back. */
export interface ReversalRequest extends InBatch, Money {
  readonly kind: 'reversal'
}

/** 0220: one sale that was taken without the host, under its own trace and batch. */
export interface OfflineUploadRequest extends InBatch, Money {
  readonly kind: 'offlineUpload'
}

/** Sales that stand: offline ones included, reversed ones not. */
export interface BatchTotals {
  readonly count: number
  readonly amountMinor: number
}

/** 0500 结算. */
export interface SettleRequest extends InBatch {
  readonly kind: 'settle'
  readonly totals: BatchTotals
}

export interface BatchRecord {
  readonly kind: 'sale' | 'offline'
  readonly trace: number
  readonly amountMinor: number
}

/** 0320 批上送, after a settlement was answered 95. At most `batchRecordsPerUploadMax` in one. */
export interface BatchUploadRequest extends InBatch {
  readonly kind: 'batchUpload'
  readonly records: readonly BatchRecord[]
  /** The last one: the host compares again, and closes the batch where it now agrees. */
  readonly last: boolean
}

/** 0820 签退: the host forgets the working keys. */
export interface SignOffRequest extends InBatch {
  readonly kind: 'signOff'
}

export type HostRequest =
  | SignOnRequest
  | SaleRequest
  | ReversalRequest
  | OfflineUploadRequest
  | SettleRequest
  | BatchUploadRequest
  | SignOffRequest

export type HostRequestKind = HostRequest['kind']

/** Everything but sign-on carries a MAC. */
export type MacedRequest = Exclude<HostRequest, SignOnRequest>

/** A request before `withMac` of `mac.ts` has seen it. */
export type Unmaced<R extends MacedRequest = MacedRequest> = R extends MacedRequest
  ? Omit<R, 'mac'>
  : never

/** Field 39, with what this host means by it. */
export const responseCodes = {
  '00': 'approved',
  '05': 'refused (the host was told to, by a test)',
  '12': 'not possible for this transaction, such as a reversal after settlement',
  '25': 'nothing to reverse: the host has no such sale, and will take none under that trace',
  '30': 'the message cannot be read',
  '77': 'sign on first, or this batch is not the open one',
  '94': 'that trace was used in this batch for something else',
  '95': 'totals differ: upload the batch, or a person decides',
  '96': 'the host cannot now: a limit is reached',
  '97': 'terminal not registered 终端未登记, another serial number, or the TID is blocked',
  A0: 'wrong MAC: sign on again',
} as const

export type ResponseCode = keyof typeof responseCodes
export type RefusalCode = Exclude<ResponseCode, '00'>

/** What an approval brings along. */
export type Approval =
  | {
      readonly kind: 'signOn'
      /** The open batch. A batch that is not settled yet keeps its number over a sign-on. */
      readonly batchNumber: number
      /** PIK, MAK, TDK under the TMK with check values, hex; see `working-keys.ts`. */
      readonly field62: string
    }
  | { readonly kind: 'sale' | 'offlineUpload'; readonly authCode: string }
  | { readonly kind: 'reversal' }
  | { readonly kind: 'settle'; readonly totals: BatchTotals }
  | { readonly kind: 'batchUpload'; readonly received: number; readonly closed: boolean }
  | { readonly kind: 'signOff' }

interface ResponseHead {
  /** The host answered; whether it agreed is `responseCode`. */
  readonly ok: true
  readonly trace: number
  readonly hostTimeMs: number
}

export interface ApprovedResponse extends ResponseHead {
  readonly responseCode: '00'
  readonly approval: Approval
}

export interface RefusedResponse extends ResponseHead {
  readonly responseCode: RefusalCode
  readonly detail: string
  /** With 95: what the host counts in that batch. */
  readonly hostTotals: BatchTotals | undefined
}

export type HostResponse = ApprovedResponse | RefusedResponse

/** `unreachable`: it was not sent, or its answer was cut off; `timeout`: no answer in time. Either way it may have had its effect. */
export interface NoResponse {
  readonly ok: false
  readonly code: 'unreachable' | 'timeout'
}

/** The host as a terminal sees it. Never throws and never rejects. */
export interface HostPort {
  exchange(request: HostRequest): Promise<HostResponse | NoResponse>
}

/** A reversal that needs no further try: it was done, or there was nothing to do. */
export const isReversed = (response: HostResponse): boolean =>
  response.responseCode === '00' || response.responseCode === '25'

/** The keys or the batch are not the host's: a new sign-on may help. */
export const needsSignOn = (response: HostResponse): boolean =>
  response.responseCode === '77' || response.responseCode === 'A0'
