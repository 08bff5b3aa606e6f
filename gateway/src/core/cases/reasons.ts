/**
 * Why a terminal is taken from its merchant (domain §7): the codes that a case and its Unbind carry, and what
 * each wants before anybody approves it.
 */
import type { DocumentKindName } from '../documents/kinds.js'

export interface ReasonWants {
  /** It is said to be the merchant's own wish: the merchant says so, by a code or at the counter. */
  readonly confirmation: boolean
  readonly documents: readonly DocumentKindName[]
}

export interface UnbindReason {
  readonly code: string
  readonly en: string
  readonly zh: string
  /** Nothing where left out. */
  readonly wants?: ReasonWants
  /**
   * What the merchant is told by notices and on a page of his own; everything where left out. `end`: nothing
   * while it goes on, and that the terminal is his no more once it is. `nothing`: not even that.
   */
  readonly hears?: 'end' | 'nothing'
}

const confirmation: ReasonWants = { confirmation: true, documents: [] }
/** A paper that both have signed ends what a contract has begun. */
const agreement: ReasonWants = { confirmation: false, documents: ['closing-agreement'] }
const both: ReasonWants = { confirmation: true, documents: ['closing-agreement'] }
const account: ReasonWants = { confirmation: true, documents: ['account-proof'] }

export const unbindReasons = [
  {
    code: 'MERCHANT_REQUEST',
    en: 'The merchant asked for it',
    zh: '商户申请',
    wants: confirmation,
  },
  { code: 'STORE_CLOSED', en: 'The store has closed', zh: '门店关闭、歇业' },
  {
    code: 'MERCHANT_CANCELLED',
    en: 'The merchant has left the acquirer',
    zh: '商户注销',
    wants: both,
  },
  { code: 'CONTRACT_ENDED', en: 'The contract has ended', zh: '合同到期', wants: agreement },
  {
    code: 'ACQUIRER_CHANGED',
    en: 'Another acquirer takes over',
    zh: '更换收单机构/合作方变更',
    wants: both,
  },
  { code: 'BUSINESS_ADJUSTMENT', en: 'The business was rearranged', zh: '业务调整' },
  {
    code: 'SETTLEMENT_ACCOUNT_CHANGE',
    en: 'Another settlement account',
    zh: '变更结算账户',
    wants: account,
  },
  {
    code: 'RELOCATION',
    en: 'Another place of deployment',
    zh: '变更布放地址',
    wants: confirmation,
  },
  { code: 'DEVICE_SWAP', en: 'Another terminal takes its place', zh: '换机' },
  { code: 'DEVICE_FAULT', en: 'The terminal is broken', zh: '设备故障' },
  { code: 'MODEL_OBSOLETE', en: 'The model is out of use', zh: '机型淘汰' },
  { code: 'INACTIVE', en: 'No sale for a long time', zh: '长期无交易' },
  { code: 'FEE_OVERDUE', en: 'Fees were not paid', zh: '欠费' },
  // Who is warned hides what is looked for; afterwards he has a right to know that he can't sell on it.
  { code: 'RISK_CONTROL', en: 'Risk control', zh: '风险管控', hears: 'end' },
  // Whoever suspects may be bound to say nothing to the suspect at any time: people speak, if anybody.
  { code: 'FRAUD', en: 'Fraud, cashing out', zh: '欺诈、套现', hears: 'nothing' },
  // Warned, the terminal would be moved again before it is reached.
  { code: 'UNLAWFUL_RELOCATION', en: 'Moved without leave', zh: '违规移机', hears: 'end' },
  // Warned, the other merchants' sales would go on elsewhere.
  {
    code: 'MULTI_MERCHANT',
    en: 'One terminal for several merchants',
    zh: '一机多户',
    hears: 'end',
  },
  // As above: the codes would be carried to another terminal.
  { code: 'MULTI_CODE', en: 'Several codes on one terminal', zh: '一机多码', hears: 'end' },
  // The authority says what is said, and when.
  { code: 'REGULATOR_ORDER', en: 'Ordered by a regulator', zh: '监管要求', hears: 'nothing' },
  // Mostly the merchant's own report, and then he waits for no appointment: one word that it is blocked.
  // Where risk has reported it, an earlier one would warn whoever sells on it.
  { code: 'LOST', en: 'Lost', zh: '遗失', hears: 'end' },
  // As above; and the telephone on record may have gone the same way as the terminal.
  { code: 'STOLEN', en: 'Stolen', zh: '被盗', hears: 'end' },
  // It may have been opened in the merchant's own shop: nothing before it is out of use.
  { code: 'TAMPER', en: 'Tampered with', zh: '触发自毁', hears: 'end' },
  { code: 'DUPLICATE_REGISTRATION', en: 'Registered twice', zh: '重复登记' },
  { code: 'OTHER', en: 'Other', zh: '其他' },
] as const satisfies readonly UnbindReason[]

export const unbindReasonCodes: readonly string[] = unbindReasons.map(({ code }) => code)

const codes: ReadonlySet<string> = new Set(unbindReasonCodes)

export const isUnbindReason = (text: string): boolean => codes.has(text)
