/**
 * Where a case stands, as its merchant understands it: what is happening, and what is wanted of him. No
 * word of ours, nothing that was only ordered is called done, and no hint of what others decide.
 */
import type { CaseState } from '@tillgate/gateway'

export type Language = 'en' | 'zh'

export interface Words {
  readonly title: string
  readonly text: string
}

type Both = Readonly<Record<Language, Words>>

const received: Both = {
  en: { title: 'We have your request', text: 'We are looking at it. Go on selling as usual.' },
  zh: { title: '已收到申请', text: '我们正在核对，您可以照常收款。' },
}
const waitsForTerminal: Both = {
  en: {
    title: 'Please switch the terminal on',
    text: 'We are waiting for your terminal. Switch it on, connect it to the network and leave it on.',
  },
  zh: { title: '请打开终端', text: '我们正在等待您的终端上线，请开机联网并保持开机。' },
}
const settling: Both = {
  en: {
    title: 'Your last sales are being settled',
    text: 'The terminal takes no new sales for now. Leave it switched on and connected; it may print a slip.',
  },
  zh: {
    title: '正在结算最后的交易',
    text: '终端暂不受理新交易，请保持开机联网，终端可能会打印结算单。',
  },
}
const clearing: Both = {
  en: {
    title: 'The terminal is being cleared',
    text: 'It takes no more sales. Leave it switched on until this page says that it is done.',
  },
  zh: { title: '正在清除终端数据', text: '终端已停止收款，请保持开机，直到本页面显示完成。' },
}
const nearlyDone: Both = {
  en: {
    title: 'Nearly done',
    text: 'The terminal has confirmed that it is cleared. We are taking it off the official register.',
  },
  zh: { title: '即将完成', text: '终端已确认清除数据，我们正在办理报备注销。' },
}
const callingOff: Both = {
  en: {
    title: 'Being called off',
    text: 'The terminal is about to take sales again. Leave it switched on and connected.',
  },
  zh: { title: '正在撤销', text: '终端即将恢复收款，请保持开机联网。' },
}

export const stateWords: Readonly<Record<CaseState, Both>> = {
  OPENED: received,
  PRECHECK: received,
  BLOCKED: {
    en: { title: 'Something has to be done first', text: 'We go on as soon as this is done:' },
    zh: { title: '还有事项待处理', text: '以下事项处理完后我们会继续办理：' },
  },
  AWAITING_APPROVAL: {
    en: { title: 'In review', text: 'We are reviewing your request. Go on selling as usual.' },
    zh: { title: '审核中', text: '我们正在审核您的申请，您可以照常收款。' },
  },
  APPROVED: {
    en: {
      title: 'Accepted',
      text: 'Your request is accepted. Leave the terminal switched on at the time below.',
    },
    zh: { title: '已受理', text: '您的申请已通过，请在下列时间保持终端开机。' },
  },
  DISPATCHED: waitsForTerminal,
  WAITING_DEVICE: waitsForTerminal,
  POSTPONED: {
    en: {
      title: 'Put off',
      text: 'You chose “later” on the terminal. It will ask again in some hours.',
    },
    zh: { title: '已推迟', text: '您在终端上选择了“稍后”，几小时后终端会再次提示。' },
  },
  QUIESCING: settling,
  FLUSHING: settling,
  SETTLING: settling,
  UPLOADING: settling,
  READY: settling,
  TID_BLOCKING: settling,
  PROCEED_SENT: clearing,
  PROCEED_UNKNOWN: clearing,
  ERASING_KEYS: clearing,
  ERASING_PARAMS: clearing,
  AWAITING_PROOF: clearing,
  FAILED_PARTIAL: {
    en: {
      title: 'We have to collect the terminal',
      text: 'It takes no more sales but could not clear itself completely. Keep it safe; we will come for it.',
    },
    zh: {
      title: '需要回收终端',
      text: '终端已停止收款，但未能完全清除数据。请妥善保管，我们会上门回收。',
    },
  },
  PROVEN: nearlyDone,
  DEREGISTERING: nearlyDone,
  ABORTING: callingOff,
  TID_UNBLOCKING: callingOff,
  FORCED: {
    en: {
      title: 'Being closed without the terminal',
      text: 'The terminal did not answer. We are stopping all sales on it.',
    },
    zh: { title: '正在强制办理', text: '终端没有响应，我们正在停止其收款功能。' },
  },
  CLOSED: {
    en: {
      title: 'Done',
      text: 'The terminal no longer works for you, has confirmed that your data is cleared, and is off the official register.',
    },
    zh: { title: '已完成', text: '终端已与您解绑，已确认清除您的数据，并已注销报备。' },
  },
  CLOSED_UNPROVEN: {
    en: {
      title: 'Closed without the terminal',
      text: 'No sale can be made on it any more. It has not confirmed that it is cleared: if you find it, call us.',
    },
    zh: {
      title: '已强制解绑',
      text: '该终端已不能收款，但尚未确认清除数据；如您找到该终端，请与我们联系。',
    },
  },
  CANCELLED: {
    en: { title: 'Called off', text: 'The terminal stays with you and takes sales as before.' },
    zh: { title: '已撤销', text: '终端继续由您使用，可照常收款。' },
  },
  REJECTED: {
    en: {
      title: 'Not accepted',
      text: 'We could not accept the request; the terminal stays with you. Call us to learn why.',
    },
    zh: { title: '未通过', text: '您的申请未通过，终端继续由您使用。如需了解原因，请与我们联系。' },
  },
}
