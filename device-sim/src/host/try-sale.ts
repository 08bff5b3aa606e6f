/**
 * Would the host take a sale under this TID? Found out by trying one, of the smallest amount. With
 * the terminal's old key a refusal says that the host closed the TID (97) or dropped the key (A0,
 * 77); without it, only 97 says anything. A sale that was taken is reversed at once.
 */
import { macOf } from './mac.js'
import type {
  HostPort,
  NoResponse,
  RefusalCode,
  SaleRequest,
  TidName,
  Unmaced,
} from './messages.js'
import { isReversed } from './messages.js'
import type { KeyCrypto } from './working-keys.js'

export interface SaleTrial extends TidName {
  readonly sn: string
  readonly batchNumber: number
  /** One that the terminal has not used in that batch. */
  readonly trace: number
  readonly takenAtMs: number
  /** Undefined: the key is gone; a MAC is made up. */
  readonly mak: Uint8Array | undefined
}

export type TrialResult =
  | { readonly ok: true; readonly refused: true; readonly responseCode: RefusalCode }
  | { readonly ok: true; readonly refused: false; readonly reversed: boolean }
  | NoResponse

const noMac = '0000000000000000'

export const trySale = async (
  port: HostPort,
  crypto: KeyCrypto,
  trial: SaleTrial,
): Promise<TrialResult> => {
  const { mak, ...rest } = trial
  const sale: Unmaced<SaleRequest> = { kind: 'sale', ...rest, amountMinor: 1, currency: '156' }
  const reversal = { ...sale, kind: 'reversal' } as const
  const macFor = (request: typeof sale | typeof reversal): string =>
    mak === undefined ? noMac : macOf(crypto, mak, request)
  const response = await port.exchange({ ...sale, mac: macFor(sale) })
  if (!response.ok) return response
  if (response.responseCode !== '00') {
    return { ok: true, refused: true, responseCode: response.responseCode }
  }
  const undone = await port.exchange({ ...reversal, mac: macFor(reversal) })
  return { ok: true, refused: false, reversed: undone.ok && isReversed(undone) }
}
