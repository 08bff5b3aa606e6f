/**
 * Notices to people: SMS, e-mail, or a call into the acquirer's own system. The text is made here, in the
 * receiver's language; the adapter only carries it. A repeated call with one key is one notice.
 */
export type NoticeChannel = 'sms' | 'email' | 'webhook'

export type NoticeLanguage = 'en' | 'zh'

export interface Notice {
  readonly channel: NoticeChannel
  /** A telephone number in E.164, a mailbox, or a name that the acquirer's system knows. */
  readonly to: string
  readonly language: NoticeLanguage
  /** What it is about, for the receiver's filters: a kind of `merchants/notice-texts.ts`. */
  readonly kind: string
  /** E-mail has one; SMS drops it. */
  readonly subject: string
  readonly text: string
  readonly idempotencyKey: string
}

/** `unavailable`: outcome unknown, send again with the same key. `refused`: nobody will ever get it so. */
export type NoticeAnswer =
  | { readonly ok: true; readonly reference: string }
  | { readonly ok: false; readonly code: 'refused' | 'unavailable'; readonly detail: string }

/** Never throws: what went wrong on the way is `unavailable`. */
export interface Notices {
  send(notice: Notice): Promise<NoticeAnswer>
}
