/**
 * The outbox of notices to people: what is due is opened, put into words and handed to the port, under the
 * key of its row. Sent, refused or given up is committed; what may or may not have left goes out again with
 * the same key. Neither receiver nor code is ever logged.
 */
import { uuidToText } from '@tillgate/protocol'

import { codeBelonging, contactBelonging, merchantScope } from '../merchants/belongings.js'
import { merchantLimits } from '../merchants/limits.js'
import { isNoticeKind, noticeText, type NoticeFacts } from '../merchants/notice-texts.js'
import type { InputOf } from '../operations/catalogue.js'
import type { Log } from '../ports/log.js'
import type { Notice, Notices } from '../ports/notices.js'
import type { Records } from '../ports/records.js'
import type { Belonging } from '../ports/sealing.js'
import type { Clock, DurationMs, Timers } from '../ports/system.js'
import type { NoticeView } from '../queries/queries.js'
import type { ScopeSealing } from '../sealing/scope-sealing.js'
import { textOf } from '../sealing/text-of.js'
import { createLoop, type Loop } from './pace.js'

export interface NoticeLoopPorts {
  readonly records: Records
  readonly notices: Notices
  readonly scopes: ScopeSealing
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly beatMs?: DurationMs
  mayRun?(): boolean
}

type Outcome = InputOf<'record-notice'>['answer']

type Opened =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly outcome: Outcome }

const noCode: Opened = { ok: true, text: '' }

export const createNoticeLoop = (ports: NoticeLoopPorts): Loop => {
  const { records, notices, scopes, clock, log } = ports

  /** `impossible`: it can never be opened again; `unknown`: not now. */
  const opened = async (
    { merchantUuid }: NoticeView,
    of: Belonging,
    sealed: Uint8Array | null,
  ): Promise<Opened> => {
    if (sealed === null) return { ok: false, outcome: 'impossible' }
    const answer = await scopes.of(merchantScope(merchantUuid)).open(of, sealed)
    if (answer.ok) return { ok: true, text: textOf(answer.secret) }
    const isGone = answer.code === 'DESTROYED' || answer.code === 'DAMAGED'
    return { ok: false, outcome: isGone ? 'impossible' : 'unknown' }
  }

  const send = async (row: NoticeView): Promise<Outcome> => {
    const { kind, channel, language, uuid, sealedCode, merchantName } = row
    if (!isNoticeKind(kind) || clock.now() >= row.giveUpAtMs) return 'impossible'
    const to = await opened(row, contactBelonging(row.contactUuid), row.sealedTo)
    if (!to.ok) return to.outcome
    const code = kind === 'code' ? await opened(row, codeBelonging(uuid), sealedCode) : noCode
    if (!code.ok) return code.outcome
    const facts = JSON.parse(row.data) as Pick<NoticeFacts, 'sn' | 'startsAtMs'>
    const about = { ...facts, merchant: merchantName, code: code.text }
    const words = noticeText(kind, language, about)
    const notice: Notice = {
      ...{ channel, to: to.text, language, kind, ...words },
      idempotencyKey: uuidToText(uuid),
    }
    const answer = await notices.send(notice)
    if (answer.ok) return 'sent'
    return answer.code === 'refused' ? 'refused' : 'unknown'
  }

  const step = async (row: NoticeView): Promise<void> => {
    const answer = await send(row)
    const { id: noticeId, channel, kind } = row
    if (answer !== 'sent') {
      log.warn('a notice was not sent', { notice: uuidToText(row.uuid), kind, channel, answer })
    }
    await records.submit('record-notice', { noticeId, answer, channel, atMs: clock.now() })
  }

  const turn = async (): Promise<boolean> => {
    const limit = merchantLimits.noticesPerTurnMax
    const due = await records.read('due-notices', { nowMs: clock.now(), limit })
    const steps = await Promise.allSettled(due.map(step))
    const failed = steps.find((one) => one.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    return due.length === limit
  }

  return createLoop({ name: 'notices', ...ports, turn })
}
