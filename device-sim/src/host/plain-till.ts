/**
 * A till reduced to its talk with the host: it keeps keys, batch and records in memory and has
 * neither flash nor journal. For tests, trials and load; a virtual terminal is another thing.
 */
import { fromHex } from '@tillgate/protocol'
import { withMac } from './mac.js'
import type {
  BatchRecord,
  BatchTotals,
  HostPort,
  HostRequest,
  HostResponse,
  NoResponse,
  TidName,
  Unmaced,
} from './messages.js'
import { isReversed } from './messages.js'
import { terminalMasterKey, unwrapWorkingKeys } from './working-keys.js'
import type { KeyCrypto, WorkingKeys } from './working-keys.js'
import type { Clock } from '../system/system.js'

export interface PlainTillOptions {
  readonly name: TidName
  readonly sn: string
  readonly port: HostPort
  readonly crypto: KeyCrypto
  readonly manufactureKey: Uint8Array
  readonly clock: Clock
  readonly currency?: string
}

export type TillAnswer = HostResponse | NoResponse

const traceMax = 999_999

export class PlainTill {
  readonly #options: PlainTillOptions
  readonly #records = new Map<number, BatchRecord>()
  #trace = 0
  keys: WorkingKeys | undefined
  batchNumber = 0

  constructor(options: PlainTillOptions) {
    this.#options = options
  }

  get records(): readonly BatchRecord[] {
    return [...this.#records.values()]
  }

  get totals(): BatchTotals {
    const amountMinor = this.records.reduce((sum, record) => sum + record.amountMinor, 0)
    return { count: this.#records.size, amountMinor }
  }

  nextTrace(): number {
    this.#trace = (this.#trace % traceMax) + 1
    return this.#trace
  }

  async signOn(): Promise<TillAnswer> {
    const { name, sn, port, crypto, manufactureKey } = this.#options
    const answer = await port.exchange({ kind: 'signOn', ...name, sn, trace: this.nextTrace() })
    if (!answer.ok || answer.responseCode !== '00' || answer.approval.kind !== 'signOn') {
      return answer
    }
    const tmk = terminalMasterKey(crypto, manufactureKey, sn)
    const field62 = fromHex(answer.approval.field62) ?? new Uint8Array()
    const unwrapped = unwrapWorkingKeys(crypto, tmk, field62)
    if (!unwrapped.ok) throw new Error(`till ${sn}: sign-on gave keys that do not open`)
    this.keys = unwrapped.keys
    if (this.batchNumber !== answer.approval.batchNumber) this.#records.clear()
    this.batchNumber = answer.approval.batchNumber
    return answer
  }

  /** Books it when the host approved. Without an answer the caller has to reverse or repeat. */
  async sell(
    amountMinor: number,
    kind: 'sale' | 'offlineUpload' = 'sale',
    trace = this.nextTrace(),
  ): Promise<TillAnswer> {
    const answer = await this.send({ kind, trace, ...this.#money(amountMinor) })
    if (answer.ok && answer.responseCode === '00') this.book(kind, trace, amountMinor)
    return answer
  }

  /** Into the till's own batch: what a terminal does before an offline sale reaches the host. */
  book(kind: 'sale' | 'offlineUpload', trace: number, amountMinor: number): void {
    const booked = kind === 'sale' ? 'sale' : 'offline'
    this.#records.set(trace, { kind: booked, trace, amountMinor })
  }

  async reverse(trace: number, amountMinor: number): Promise<TillAnswer> {
    const answer = await this.send({ kind: 'reversal', trace, ...this.#money(amountMinor) })
    if (answer.ok && isReversed(answer)) this.#records.delete(trace)
    return answer
  }

  settle(totals = this.totals): Promise<TillAnswer> {
    return this.send({ kind: 'settle', trace: this.nextTrace(), totals })
  }

  uploadBatch(records = this.records, last = true): Promise<TillAnswer> {
    return this.send({ kind: 'batchUpload', trace: this.nextTrace(), records, last })
  }

  signOff(): Promise<TillAnswer> {
    return this.send({ kind: 'signOff', trace: this.nextTrace() })
  }

  /** The request with this till's names, batch and MAC; a till without keys makes one up. */
  prepare(body: TillBody): HostRequest {
    const { name, sn, crypto } = this.#options
    const mak = this.keys?.mak.key ?? new Uint8Array(8)
    const request: Unmaced = { ...name, sn, batchNumber: this.batchNumber, ...body }
    return withMac(crypto, mak, request)
  }

  send(body: TillBody): Promise<TillAnswer> {
    return this.#options.port.exchange(this.prepare(body))
  }

  #money(amountMinor: number): { amountMinor: number; currency: string; takenAtMs: number } {
    const { clock, currency = '156' } = this.#options
    return { amountMinor, currency, takenAtMs: clock.now() }
  }
}

type Named = keyof TidName | 'sn' | 'batchNumber'
type WithoutNames<R> = R extends Unmaced ? Omit<R, Named> : never
/** A request's own part; `batchNumber` may be given against the till's. */
export type TillBody = WithoutNames<Unmaced> & { readonly batchNumber?: number }
