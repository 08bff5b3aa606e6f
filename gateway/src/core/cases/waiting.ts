/**
 * What a case may wait for (domain §1.5, §7). `hard` is never waived; `soft` may be, with who and why;
 * `clears` ends by itself and is asked again; `note` is shown and holds nothing up. What only the terminal
 * knows is asked at the terminal, in the same command: a status read an hour ago proves nothing.
 */
export type WaitingRule = 'hard' | 'soft' | 'clears' | 'note'

export interface Waiting {
  readonly code: string
  readonly rule: WaitingRule
  readonly seenBy: 'host' | 'terminal' | 'gateway' | 'back office' | 'registry'
  readonly en: string
  readonly zh: string
}

export const waitings = [
  {
    code: 'UNSETTLED_BATCH',
    rule: 'hard',
    seenBy: 'terminal',
    en: 'The batch is not settled, or its totals do not match',
    zh: '批次未结算',
  },
  {
    code: 'OFFLINE_TXN_PENDING',
    rule: 'hard',
    seenBy: 'terminal',
    en: 'Offline sales have not been sent',
    zh: '离线（脱机）交易未上送',
  },
  {
    code: 'REVERSAL_PENDING',
    rule: 'hard',
    seenBy: 'terminal',
    en: 'A reversal has not been sent',
    zh: '冲正未完成',
  },
  {
    code: 'SLIP_NOT_UPLOADED',
    rule: 'soft',
    seenBy: 'terminal',
    en: 'Electronic slips have not been sent',
    zh: '电子签购单未上送',
  },
  {
    code: 'OPEN_PREAUTH',
    rule: 'soft',
    seenBy: 'host',
    en: 'A pre-authorisation is open',
    zh: '预授权未完成',
  },
  {
    code: 'PENDING_REFUND',
    rule: 'soft',
    seenBy: 'host',
    en: 'A refund is under way',
    zh: '退货处理中',
  },
  {
    code: 'HOST_UNREACHABLE',
    rule: 'clears',
    seenBy: 'host',
    en: 'The host could not be asked',
    zh: '收单主机不可达',
  },
  {
    code: 'HOST_REFUSED',
    rule: 'hard',
    seenBy: 'host',
    en: 'The host would not block the TID',
    zh: '收单主机拒绝停用终端号',
  },
  {
    code: 'KEY_ROTATION_IN_FLIGHT',
    rule: 'clears',
    seenBy: 'gateway',
    en: 'A key rotation is under way',
    zh: '密钥更新中',
  },
  {
    code: 'FEE_OR_DEPOSIT_DUE',
    rule: 'note',
    seenBy: 'back office',
    en: 'Fees or a deposit are due',
    zh: '欠费、押金未结',
  },
  {
    code: 'DISPUTE_OPEN',
    rule: 'note',
    seenBy: 'host',
    en: 'A retrieval request or chargeback is open',
    zh: '调单、拒付未结',
  },
  {
    code: 'LAST_TERMINAL',
    rule: 'note',
    seenBy: 'gateway',
    en: 'It is the last terminal of its merchant',
    zh: '商户最后一台',
  },
  {
    code: 'MERCHANT_UNCONFIRMED',
    rule: 'hard',
    seenBy: 'gateway',
    en: 'The merchant has not confirmed it',
    zh: '商户未确认',
  },
  {
    code: 'DOCUMENT_MISSING',
    rule: 'soft',
    seenBy: 'gateway',
    en: 'A document is missing',
    zh: '材料不全',
  },
  {
    code: 'DEVICE_REFUSED',
    rule: 'hard',
    seenBy: 'terminal',
    en: 'The terminal refuses, and will go on refusing',
    zh: '终端拒绝执行',
  },
  {
    code: 'DEVICE_TAMPERED',
    rule: 'hard',
    seenBy: 'terminal',
    en: 'The terminal was tampered with: its keys are gone',
    zh: '终端触发自毁',
  },
  {
    code: 'MERCHANT_POSTPONED',
    rule: 'soft',
    seenBy: 'terminal',
    en: 'The merchant has postponed it as often as is allowed',
    zh: '商户稍后处理',
  },
  {
    code: 'PROOF_MISSING',
    rule: 'hard',
    seenBy: 'terminal',
    en: 'The terminal has not proved that it has erased',
    zh: '终端未证实清除',
  },
  {
    code: 'REGISTRY_UNREACHABLE',
    rule: 'clears',
    seenBy: 'registry',
    en: 'The terminal registry could not be told',
    zh: '报备平台不可达',
  },
  {
    code: 'REGISTRY_REFUSED',
    rule: 'hard',
    seenBy: 'registry',
    en: 'The terminal registry refuses to cancel the association',
    zh: '报备平台拒绝注销',
  },
] as const satisfies readonly Waiting[]

export type WaitingCode = (typeof waitings)[number]['code']

const byCode: ReadonlyMap<string, Waiting> = new Map(waitings.map((one) => [one.code, one]))

export const isWaitingCode = (text: string): text is WaitingCode => byCode.has(text)

const ruleOf = (code: WaitingCode): WaitingRule => byCode.get(code)?.rule ?? 'hard'

export const mayBeWaived = (code: WaitingCode): boolean => ruleOf(code) === 'soft'

/** What holds the case up, of all that was found: no notes, nothing waived. */
export const holding = (
  found: readonly WaitingCode[],
  waived: ReadonlySet<string>,
): readonly WaitingCode[] =>
  found.filter((code) => ruleOf(code) !== 'note' && !(mayBeWaived(code) && waived.has(code)))

/** All of them end by themselves: the case asks again without anybody's doing. */
export const allClear = (codes: readonly WaitingCode[]): boolean =>
  codes.every((code) => ruleOf(code) === 'clears')
