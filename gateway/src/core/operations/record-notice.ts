/**
 * record-notice: what became of one try to send a notice. Once it has ended, nothing of a code is kept.
 * Results: ok with its state | NOT_FOUND.
 * Events: notice.sent, notice.refused, notice.given_up.
 */
import { uuidToText } from '@tillgate/protocol'

import { merchantLimits } from '../merchants/limits.js'
import type { NoticeRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, update } from './operation.js'

export interface RecordNoticeInput {
  readonly noticeId: number
  /** `unknown`: it goes out again, under the same key, until its time is over. */
  readonly answer: 'sent' | 'refused' | 'unknown' | 'impossible'
  readonly channel: string
  readonly atMs: number
}

export type RecordNoticeResult =
  | { readonly ok: true; readonly state: NoticeRow['state'] }
  | { readonly ok: false; readonly code: 'NOT_FOUND' }

const stateAfter = (
  { giveUpAtMs }: NoticeRow,
  { answer, atMs }: RecordNoticeInput,
): NoticeRow['state'] => {
  if (answer === 'sent') return 'SENT'
  if (answer === 'refused') return 'REFUSED'
  return answer === 'impossible' || atMs >= giveUpAtMs ? 'GIVEN_UP' : 'WAITING'
}

const retryInMs = (attempts: number): number =>
  Math.min(
    merchantLimits.noticeRetryMs * 2 ** Math.min(attempts, 16),
    merchantLimits.noticeRetryMsMax,
  )

export const recordNotice = operation<
  RecordNoticeInput,
  { readonly notice: NoticeRow | undefined },
  RecordNoticeResult
>({
  name: 'record-notice',
  *load({ noticeId }) {
    return { notice: yield* one('notice', { id: noticeId }) }
  },
  decide({ notice }, input) {
    if (notice === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (notice.state !== 'WAITING') return { writes: [], result: { ok: true, state: notice.state } }
    const { channel, atMs } = input
    const state = stateAfter(notice, input)
    const attempts = notice.attempts + 1
    if (state === 'WAITING') {
      const dueAtMs = atMs + retryInMs(notice.attempts)
      const writes = [update('notice', notice.id, { attempts, dueAtMs })]
      return { writes, result: { ok: true, state } }
    }
    const ended = { state, attempts, dueAtMs: null, sealedCode: null, endedAtMs: atMs }
    return {
      writes: [
        update('notice', notice.id, ended),
        event({
          ...{ atMs, actor: 'gateway', caseId: notice.caseId },
          kind: `notice.${state.toLowerCase()}`,
          data: { notice: uuidToText(notice.uuid), kind: notice.kind, channel, attempts },
        }),
      ],
      result: { ok: true, state },
    }
  },
})
