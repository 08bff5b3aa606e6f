/** Notices to people, handed to the acquirer's own system as `notices.send`: that one carries them on. */
import type { Notice, NoticeAnswer, Notices } from '../../core/ports/notices.js'
import { detailOf, isText, type Fields } from './answer.js'
import { isHookId, type Hook } from './hook.js'
import { hookLimits } from './limits.js'

const read = (fields: Fields): NoticeAnswer | undefined => {
  const { outcome, reference } = fields
  if (outcome === 'refused') {
    return { ok: false, code: 'refused', detail: detailOf(fields, outcome) }
  }
  return outcome === 'taken' && isText(reference, hookLimits.referenceLengthMax)
    ? { ok: true, reference }
    : undefined
}

export const createNoticesHook = (hook: Hook): Notices => ({
  async send(notice: Notice): Promise<NoticeAnswer> {
    const { channel, to, language, kind, subject, text, idempotencyKey: id } = notice
    if (!isHookId(id)) return { ok: false, code: 'refused', detail: 'a key that no header carries' }
    const called = await hook.call({
      ...{ id, type: 'notices.send', known: ['outcome', 'reference'], read },
      data: { channel, to, language, kind, subject, text },
    })
    return called.ok ? called.answer : { ok: false, code: 'unavailable', detail: called.detail }
  },
})
