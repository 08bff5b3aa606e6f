/** What a doctor says of one thing: how it is, and in plain words what it saw or what to do. */
import type { X509Certificate } from 'node:crypto'
import type { EpochMs } from '../../core/ports/system.js'

export interface Finding {
  readonly check: string
  /** `fail`: Tillgate does not start, or must not run so. `skipped`: there was nothing to look at. */
  readonly verdict: 'ok' | 'warn' | 'fail' | 'skipped'
  readonly says: string
}

const finding =
  (verdict: Finding['verdict']) =>
  (check: string, says: string): Finding => ({ check, verdict, says })

export const ok = finding('ok')
export const warn = finding('warn')
export const fail = finding('fail')
export const skipped = finding('skipped')

const day = 86_400_000

/** When a certificate ends, and how bad that is. */
export const ending = (
  check: string,
  certificate: X509Certificate | undefined,
  { nowMs, leftMsWarn }: { readonly nowMs: EpochMs; readonly leftMsWarn: number },
): Finding => {
  if (certificate === undefined) return skipped(check, 'the first start makes one')
  const leftMs = Date.parse(certificate.validTo) - nowMs
  const says = `ends ${certificate.validTo}`
  if (leftMs <= 0) return fail(check, `${says}: over`)
  const left = `${says}, in ${String(Math.floor(leftMs / day))} days`
  return leftMs < leftMsWarn ? warn(check, left) : ok(check, left)
}
