/** What a case waits for, as its merchant understands it: what he can do, or that it is on our side. */
import type { WaitingCode } from '@tillgate/gateway'

import type { Language } from './state-words.js'

type Line = Readonly<Record<Language, string>>

const onOurSide: Line = {
  en: 'A check on our side is not finished. You need do nothing.',
  zh: '我们这边还有核对未完成，您无需操作。',
}
const weCome: Line = {
  en: 'The terminal needs a look by our people. We will call you.',
  zh: '终端需要我们的人员检查，我们会与您联系。',
}

export const waitingWords: Readonly<Record<WaitingCode, Line>> = {
  MERCHANT_UNCONFIRMED: {
    en: 'Confirm below that you want this.',
    zh: '请在下方确认本次申请。',
  },
  DOCUMENT_MISSING: {
    en: 'A paper is missing. Give it to whoever serves you.',
    zh: '材料不全，请向您的服务人员补交材料。',
  },
  UNSETTLED_BATCH: {
    en: 'Settle the terminal (end of day).',
    zh: '请在终端上做一次结算。',
  },
  OFFLINE_TXN_PENDING: {
    en: 'Sales made without a network have not been sent: connect the terminal.',
    zh: '有离线交易尚未上送，请将终端联网。',
  },
  REVERSAL_PENDING: {
    en: 'A cancelled sale has not been sent: connect the terminal.',
    zh: '有冲正交易尚未上送，请将终端联网。',
  },
  SLIP_NOT_UPLOADED: {
    en: 'Signed slips have not been sent: connect the terminal.',
    zh: '有电子签购单尚未上送，请将终端联网。',
  },
  OPEN_PREAUTH: {
    en: 'A reservation on a card (pre-authorisation) is open: complete or cancel it.',
    zh: '有预授权未完成，请先完成或撤销。',
  },
  PENDING_REFUND: {
    en: 'A refund is under way. We wait until it has arrived.',
    zh: '有退货正在处理，处理完毕后继续。',
  },
  MERCHANT_POSTPONED: {
    en: 'You have chosen “later” as often as is possible. Call us for a time that suits you.',
    zh: '推迟次数已用完，请与我们联系另约时间。',
  },
  FEE_OR_DEPOSIT_DUE: {
    en: 'Fees or a deposit are still to be settled. This does not hold anything up.',
    zh: '尚有费用或押金待结，不影响办理。',
  },
  DISPUTE_OPEN: {
    en: 'A question about an earlier sale is open. This does not hold anything up.',
    zh: '有交易调单未结，不影响办理。',
  },
  LAST_TERMINAL: {
    en: 'This is your last terminal: afterwards you can take no cards with us.',
    zh: '这是您名下最后一台终端，解绑后将无法刷卡收款。',
  },
  PROOF_MISSING: {
    en: 'The terminal has not confirmed that it is cleared. If you find it, call us.',
    zh: '终端尚未确认清除数据，如您找到该终端，请与我们联系。',
  },
  DEVICE_REFUSED: weCome,
  DEVICE_TAMPERED: weCome,
  HOST_UNREACHABLE: onOurSide,
  HOST_REFUSED: onOurSide,
  KEY_ROTATION_IN_FLIGHT: onOurSide,
  REGISTRY_UNREACHABLE: onOurSide,
  REGISTRY_REFUSED: onOurSide,
}
