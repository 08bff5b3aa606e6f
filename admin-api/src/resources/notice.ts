/** A notice to a merchant, as an export tells of it: masked, and of a one-time code nothing but that it was one. */
import Type from 'typebox'
import type { Static } from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import { isNoticeKind, noticeText, type NoticeView } from '@tillgate/gateway'

import { timeOrNull, timeSchema, toTime, toTimeOrNull } from './time.js'

export const noticeSchema = Type.Object(
  {
    id: Type.String(),
    kind: Type.String({ examples: ['appointment'] }),
    channel: Type.Enum(['sms', 'email', 'webhook']),
    to: Type.String({ description: 'Masked.' }),
    language: Type.Enum(['en', 'zh']),
    subject: Type.Union([Type.String(), Type.Null()]),
    text: Type.Union([Type.String(), Type.Null()], { description: 'A code stands as ●●●●●●.' }),
    state: Type.Enum(['WAITING', 'SENT', 'REFUSED', 'GIVEN_UP']),
    createdAt: timeSchema,
    endedAt: timeOrNull,
  },
  { additionalProperties: false },
)

const hiddenCode = '●●●●●●'

const wordsOf = ({ kind, language, data, merchantName: merchant }: NoticeView) => {
  if (!isNoticeKind(kind)) return { subject: null, text: null }
  const facts = JSON.parse(data) as { readonly sn: string; readonly startsAtMs?: number }
  return noticeText(kind, language, { ...facts, merchant, code: hiddenCode })
}

export const toNotice = (row: NoticeView): Static<typeof noticeSchema> => ({
  id: uuidToText(row.uuid),
  kind: row.kind,
  channel: row.channel,
  to: row.masked,
  language: row.language,
  ...wordsOf(row),
  state: row.state,
  createdAt: toTime(row.createdAtMs),
  endedAt: toTimeOrNull(row.endedAtMs),
})
