/** What the switch decides, before it is an answer on a wire: a verdict, and the records behind it. */
import type { Approval, BatchTotals, HostResponse, RefusalCode } from './messages.js'
import type { HostRecord } from './records.js'
import type { KeyCrypto } from './working-keys.js'

/** What the machine needs beside state and request; all of it given, none of it taken. */
export interface SwitchInputs {
  readonly nowMs: number
  readonly crypto: KeyCrypto
  readonly masterKeyOf: (sn: string) => Uint8Array
  /** `workingKeyRandomBytes` of chance; asked for at a sign-on only. */
  readonly keyRandom: () => Uint8Array
}

export interface Decision {
  readonly verdict: Verdict
  readonly records: readonly HostRecord[]
}

export type Verdict =
  | { readonly code: '00'; readonly approval: Approval }
  | { readonly code: RefusalCode; readonly detail: string; readonly hostTotals?: BatchTotals }

export const approve = (approval: Approval, records: readonly HostRecord[] = []): Decision => ({
  verdict: { code: '00', approval },
  records,
})

export const refuse = (
  code: RefusalCode,
  detail: string,
  rest: { readonly hostTotals?: BatchTotals; readonly records?: readonly HostRecord[] } = {},
): Decision => {
  const { hostTotals, records = [] } = rest
  const totals = hostTotals === undefined ? {} : { hostTotals }
  return { verdict: { code, detail, ...totals }, records }
}

export const responseOf = (trace: number, hostTimeMs: number, verdict: Verdict): HostResponse =>
  verdict.code === '00'
    ? { ok: true, trace, hostTimeMs, responseCode: '00', approval: verdict.approval }
    : {
        ok: true,
        trace,
        hostTimeMs,
        responseCode: verdict.code,
        detail: verdict.detail,
        hostTotals: verdict.hostTotals,
      }

const authCodeDigits = 6

export const authCodeOf = (approval: number): string =>
  String(approval % 10 ** authCodeDigits).padStart(authCodeDigits, '0')
