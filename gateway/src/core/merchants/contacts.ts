/** How a merchant is reached: what a telephone number, a mailbox and a webhook's name look like, and masked. */
import type { NoticeChannel } from '../ports/notices.js'
import { merchantLimits } from './limits.js'

export const noticeChannels = [
  'sms',
  'email',
  'webhook',
] as const satisfies readonly NoticeChannel[]

interface Form {
  readonly fits: (to: string) => boolean
  readonly rule: string
  readonly mask: (to: string) => string
}

const { mailboxLengthMax, webhookNameLengthMax } = merchantLimits

const forms: Readonly<Record<NoticeChannel, Form>> = {
  sms: {
    fits: (to) => /^\+[1-9]\d{6,14}$/.test(to),
    rule: 'must be a telephone number in E.164: a plus and 7 to 15 digits',
    mask: (to) => `${to.slice(0, 3)}***${to.slice(-2)}`,
  },
  email: {
    fits: (to) => to.length <= mailboxLengthMax && /^[!-?A-~]{1,64}@[A-Za-z0-9.-]+$/.test(to),
    rule: 'must be a mailbox: name@domain',
    mask: (to) => `${to.slice(0, 1)}***${to.slice(to.indexOf('@'))}`,
  },
  webhook: {
    fits: (to) => to.length <= webhookNameLengthMax && /^[a-z0-9][a-z0-9._-]*$/.test(to),
    rule: 'must be a name of small letters, digits, dots and dashes',
    mask: (to) => to,
  },
}

/** The rule that it breaks; undefined where it is right. */
export const contactFault = (channel: NoticeChannel, to: string): string | undefined =>
  forms[channel].fits(to) ? undefined : forms[channel].rule

export const maskContact = (channel: NoticeChannel, to: string): string => forms[channel].mask(to)
