/**
 * The texts that merchants get, in plain words and in their language. Only what the receiver needs: the end
 * of a serial number, never an account, an id of ours, a name of a person, or why.
 */
import type { NoticeLanguage } from '../ports/notices.js'
import { localText } from './local-time.js'

/** What a merchant hears of his case: each said once for what brought it about. */
export const statusKinds = [
  'accepted',
  'refused',
  'appointment',
  'postponed',
  'cancelled',
  'done',
  'forced',
] as const
export type StatusKind = (typeof statusKinds)[number]

export const noticeKinds = ['code', ...statusKinds] as const
export type NoticeKind = (typeof noticeKinds)[number]

export const isNoticeKind = (text: string): text is NoticeKind =>
  (noticeKinds as readonly string[]).includes(text)

export interface NoticeFacts {
  /** As the merchant is known. */
  readonly merchant: string
  readonly sn: string
  /** Of a code. */
  readonly code?: string
  /** Of an appointment that lies ahead. */
  readonly startsAtMs?: number
}

export interface NoticeText {
  readonly subject: string
  readonly text: string
}

/** Enough to find it on the back of the terminal. */
export const endOf = (sn: string): string => sn.slice(-4)

type Texts = Readonly<Record<NoticeLanguage, (facts: NoticeFacts) => NoticeText>>

const when = {
  en: (startsAtMs: number | undefined): string =>
    startsAtMs === undefined ? 'soon' : `not before ${localText(startsAtMs)} (UTC+8)`,
  zh: (startsAtMs: number | undefined): string =>
    startsAtMs === undefined ? '近期' : `${localText(startsAtMs)}（北京时间）之后`,
}

const texts: Readonly<Record<NoticeKind, Texts>> = {
  code: {
    en: ({ merchant, sn, code = '' }) => ({
      subject: 'Your code',
      text:
        `${code} is your code to confirm that the card terminal ending in ${endOf(sn)} is to be taken ` +
        `from ${merchant}. It is good for 10 minutes. If you did not ask for this, give it to nobody and call us.`,
    }),
    zh: ({ merchant, sn, code = '' }) => ({
      subject: '验证码',
      text:
        `验证码 ${code}，用于确认为“${merchant}”解绑尾号 ${endOf(sn)} 的刷卡终端，10 分钟内有效。` +
        '如非本人申请，请勿告知他人，并与我们联系。',
    }),
  },
  accepted: {
    en: ({ merchant, sn, startsAtMs }) => ({
      subject: 'Your terminal will be unbound',
      text:
        `The card terminal ending in ${endOf(sn)} is going to be taken from ${merchant}, ${when.en(startsAtMs)}. ` +
        'Settle it at the end of the day as usual, and leave it switched on and connected.',
    }),
    zh: ({ merchant, sn, startsAtMs }) => ({
      subject: '解绑已受理',
      text:
        `“${merchant}”尾号 ${endOf(sn)} 的刷卡终端解绑已受理，将于${when.zh(startsAtMs)}办理。` +
        '请照常结算，并保持终端开机联网。',
    }),
  },
  refused: {
    en: ({ merchant, sn }) => ({
      subject: 'Your terminal stays with you',
      text:
        `We could not accept the request to take the card terminal ending in ${endOf(sn)} from ${merchant}. ` +
        'It goes on working as before. Call us to learn why.',
    }),
    zh: ({ merchant, sn }) => ({
      subject: '解绑未通过',
      text:
        `“${merchant}”尾号 ${endOf(sn)} 的刷卡终端解绑申请未通过，终端可照常使用。` +
        '如需了解原因，请与我们联系。',
    }),
  },
  appointment: {
    en: ({ merchant, sn, startsAtMs }) => ({
      subject: 'Your appointment',
      text:
        `The card terminal ending in ${endOf(sn)} of ${merchant} has an appointment to be unbound, ` +
        `${when.en(startsAtMs)}. Leave it switched on and connected then. If this time does not suit you, call us.`,
    }),
    zh: ({ merchant, sn, startsAtMs }) => ({
      subject: '预约通知',
      text:
        `“${merchant}”尾号 ${endOf(sn)} 的刷卡终端解绑已预约在${when.zh(startsAtMs)}，` +
        '届时请保持终端开机联网。如需更改时间，请与我们联系。',
    }),
  },
  postponed: {
    en: ({ merchant, sn }) => ({
      subject: 'Put off',
      text:
        `“Later” was chosen on the card terminal ending in ${endOf(sn)} of ${merchant}. It takes sales as ` +
        'before and will ask again in some hours.',
    }),
    zh: ({ merchant, sn }) => ({
      subject: '解绑已推迟',
      text:
        `“${merchant}”尾号 ${endOf(sn)} 的刷卡终端已选择“稍后”，终端可照常收款，` +
        '几小时后会再次提示。',
    }),
  },
  cancelled: {
    en: ({ merchant, sn }) => ({
      subject: 'Called off',
      text: `The card terminal ending in ${endOf(sn)} stays with ${merchant} and takes sales as before.`,
    }),
    zh: ({ merchant, sn }) => ({
      subject: '解绑已撤销',
      text: `“${merchant}”尾号 ${endOf(sn)} 的刷卡终端解绑已撤销，终端可照常收款。`,
    }),
  },
  done: {
    en: ({ merchant, sn }) => ({
      subject: 'Done',
      text:
        `The card terminal ending in ${endOf(sn)} no longer works for ${merchant}. It has confirmed that your ` +
        'data is cleared, and is off the official register.',
    }),
    zh: ({ merchant, sn }) => ({
      subject: '解绑已完成',
      text:
        `“${merchant}”尾号 ${endOf(sn)} 的刷卡终端已解绑，已确认清除您的数据，` + '并已注销报备。',
    }),
  },
  forced: {
    en: ({ merchant, sn }) => ({
      subject: 'Closed without the terminal',
      text:
        `The card terminal ending in ${endOf(sn)} no longer works for ${merchant}: no sale can be made on it. ` +
        'It has not confirmed that it is cleared. If you find it, call us.',
    }),
    zh: ({ merchant, sn }) => ({
      subject: '已强制解绑',
      text:
        `“${merchant}”尾号 ${endOf(sn)} 的刷卡终端已强制解绑，不能再收款，但尚未确认清除数据。` +
        '如您找到该终端，请与我们联系。',
    }),
  },
}

export const noticeText = (
  kind: NoticeKind,
  language: NoticeLanguage,
  facts: NoticeFacts,
): NoticeText => texts[kind][language](facts)
