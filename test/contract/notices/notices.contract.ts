// What every adapter of the notices port must keep. An adapter's own test file hands its maker here.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Notice, Notices } from '../../../gateway/src/core/ports/notices.js'

export interface NoticesUnderTest {
  readonly notices: Notices
  /** What has left, the oldest first, each key once. */
  readonly sent: () => readonly Notice[]
}

export const notice = (idempotencyKey: string, changes: Partial<Notice> = {}): Notice => ({
  channel: 'sms',
  to: '+8613800138000',
  language: 'zh',
  kind: 'code',
  subject: '',
  text: '解绑验证码 123456，十分钟内有效。',
  idempotencyKey,
  ...changes,
})

export const noticesContract = (adapter: string, make: () => Promise<NoticesUnderTest>): void => {
  describe(`the notices port over ${adapter}`, () => {
    let under: NoticesUnderTest

    beforeEach(async () => {
      under = await make()
    })

    it('sends a notice and names its act', async () => {
      const answer = await under.notices.send(notice('a'))
      expect(answer).toMatchObject({ ok: true })
      expect(answer.ok && answer.reference).not.toBe('')
    })

    it('sends a repeated key once, and answers with the same reference', async () => {
      const first = await under.notices.send(notice('a'))
      expect(await under.notices.send(notice('a'))).toEqual(first)
      expect(under.sent()).toEqual([notice('a')])
    })

    it('tells two keys apart, also where text and receiver are the same', async () => {
      const first = await under.notices.send(notice('a'))
      expect(await under.notices.send(notice('b'))).not.toEqual(first)
      expect(under.sent()).toHaveLength(2)
    })

    it('carries every channel and both languages letter by letter', async () => {
      const letters = [
        notice('sms'),
        notice('mail', {
          channel: 'email',
          to: 'shop@example.com',
          language: 'en',
          kind: 'appointment',
          subject: 'Your terminal is taken back on 3 May',
          text: 'Please keep it switched on.\n\n“Thank you” – 谢谢 🙂',
        }),
        notice('hook', { channel: 'webhook', to: 'field-service', kind: 'done' }),
      ]
      for (const letter of letters) {
        expect(await under.notices.send(letter)).toMatchObject({ ok: true })
      }
      expect(under.sent()).toEqual(letters)
    })

    it('takes the same notice twice at once as one', async () => {
      const [one, other] = await Promise.all([
        under.notices.send(notice('a')),
        under.notices.send(notice('a')),
      ])
      expect(other).toEqual(one)
      expect(under.sent()).toHaveLength(1)
    })
  })
}
