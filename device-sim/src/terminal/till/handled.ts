/** What became of a host's answer: what `answers.ts` needs to know to go on. */
import type { ErrorCode } from '@tillgate/protocol'
import { needsSignOn, type HostResponse } from '../../host/messages.js'

/** What a handler found: it is done with, or it failed and a person or a retry is needed. */
export type Handled =
  | { readonly ok: true }
  /** The keys or the batch are not the host's any more. */
  | { readonly ok: false; readonly why: 'sign-on' }
  | { readonly ok: false; readonly why: 'later' }
  | {
      readonly ok: false
      readonly why: 'refused'
      readonly code: ErrorCode
      readonly detail: string
    }

export const handled: Handled = { ok: true }

export const refusedBy = (response: HostResponse, code: ErrorCode = 'HOST_REFUSED'): Handled => {
  // 96: the host cannot now.
  if (response.responseCode === '96') return { ok: false, why: 'later' }
  if (needsSignOn(response)) return { ok: false, why: 'sign-on' }
  return { ok: false, why: 'refused', code, detail: `host ${response.responseCode}` }
}
