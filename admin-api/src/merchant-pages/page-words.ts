/** The words around a merchant's page: headings, buttons, and what came of what he just did. */
import type { Language } from './state-words.js'

const en = {
  page: 'Your card terminal',
  other: '中文',
  terminal: 'Terminal ending in',
  shop: 'Shop',
  asked: 'Asked for on',
  appointment: 'Not before',
  ended: 'Ended on',
  zone: '(UTC+8)',
  confirm: 'Confirm that you want this',
  sendTo: 'We send a code to:',
  send: 'Send me a code',
  noContact: 'We have no number or mailbox of yours: please confirm at our counter.',
  code: 'The code that you got (6 digits)',
  giveCode: 'Confirm',
  move: 'Choose another time',
  day: 'Day',
  time: 'Time',
  moveIt: 'Change the time',
  agreement: 'The closing agreement, to be read and signed',
  ask: 'Which terminal do you want to give back?',
  askIt: 'Ask for it',
  none: 'No terminal is in use under your name.',
  afterwards: 'You confirm it in the next step. Until it is accepted you go on selling as usual.',
  gone: 'This page is not open any more',
  goneText: 'Its address is wrong, or its time is over. Call us for a new one.',
  said: {
    'code-sent': 'A code is on its way to you. It is good for 10 minutes.',
    confirmed: 'Thank you, you have confirmed it.',
    'wrong-code': 'This code is wrong or too old. After five wrong tries ask for a new one.',
    'too-often': 'You have asked for as many codes as is possible now. Try again in an hour.',
    moved: 'The time is changed.',
    'moved-too-often': 'The time was changed as often as is possible here. Call us.',
    'bad-time': 'This time is not possible. Choose a later one, not too far ahead.',
    asked: 'We have your request.',
    'not-now': 'This is not possible any more.',
  },
}

const zh: typeof en = {
  page: '您的刷卡终端',
  other: 'English',
  terminal: '终端尾号',
  shop: '商户',
  asked: '申请时间',
  appointment: '预约时间不早于',
  ended: '结束时间',
  zone: '（北京时间）',
  confirm: '请确认本次申请',
  sendTo: '验证码将发送至：',
  send: '发送验证码',
  noContact: '我们没有您的联系方式，请到柜台办理确认。',
  code: '您收到的 6 位验证码',
  giveCode: '确认',
  move: '更改预约时间',
  day: '日期',
  time: '时间',
  moveIt: '更改时间',
  agreement: '查看解绑协议（阅读并签署）',
  ask: '您要解绑哪台终端？',
  askIt: '提交申请',
  none: '您名下没有在用的终端。',
  afterwards: '下一步需要您确认。申请通过之前，您可以照常收款。',
  gone: '本页面已失效',
  goneText: '链接不正确或已过期，请与我们联系获取新的链接。',
  said: {
    'code-sent': '验证码已发出，10 分钟内有效。',
    confirmed: '您已确认，谢谢。',
    'wrong-code': '验证码错误或已过期；输错五次后请重新获取。',
    'too-often': '获取验证码次数过多，请一小时后再试。',
    moved: '预约时间已更改。',
    'moved-too-often': '更改次数已用完，请与我们联系。',
    'bad-time': '该时间不可选，请选择稍晚且不太远的时间。',
    asked: '已收到您的申请。',
    'not-now': '现在不能进行此操作。',
  },
}

export type PageWords = typeof en
export type Said = keyof PageWords['said']

export const pageWords: Readonly<Record<Language, PageWords>> = { en, zh }

export const isSaid = (text: unknown): text is Said =>
  typeof text === 'string' && Object.hasOwn(en.said, text)
