/** Why a terminal is taken from its merchant (domain §7): the codes that a case and its Unbind carry. */
export interface UnbindReason {
  readonly code: string
  readonly en: string
  readonly zh: string
}

export const unbindReasons = [
  { code: 'MERCHANT_REQUEST', en: 'The merchant asked for it', zh: '商户申请' },
  { code: 'STORE_CLOSED', en: 'The store has closed', zh: '门店关闭、歇业' },
  { code: 'MERCHANT_CANCELLED', en: 'The merchant has left the acquirer', zh: '商户注销' },
  { code: 'CONTRACT_ENDED', en: 'The contract has ended', zh: '合同到期' },
  { code: 'ACQUIRER_CHANGED', en: 'Another acquirer takes over', zh: '更换收单机构/合作方变更' },
  { code: 'BUSINESS_ADJUSTMENT', en: 'The business was rearranged', zh: '业务调整' },
  { code: 'SETTLEMENT_ACCOUNT_CHANGE', en: 'Another settlement account', zh: '变更结算账户' },
  { code: 'RELOCATION', en: 'Another place of deployment', zh: '变更布放地址' },
  { code: 'DEVICE_SWAP', en: 'Another terminal takes its place', zh: '换机' },
  { code: 'DEVICE_FAULT', en: 'The terminal is broken', zh: '设备故障' },
  { code: 'MODEL_OBSOLETE', en: 'The model is out of use', zh: '机型淘汰' },
  { code: 'INACTIVE', en: 'No sale for a long time', zh: '长期无交易' },
  { code: 'FEE_OVERDUE', en: 'Fees were not paid', zh: '欠费' },
  { code: 'RISK_CONTROL', en: 'Risk control', zh: '风险管控' },
  { code: 'FRAUD', en: 'Fraud, cashing out', zh: '欺诈、套现' },
  { code: 'UNLAWFUL_RELOCATION', en: 'Moved without leave', zh: '违规移机' },
  { code: 'MULTI_MERCHANT', en: 'One terminal for several merchants', zh: '一机多户' },
  { code: 'MULTI_CODE', en: 'Several codes on one terminal', zh: '一机多码' },
  { code: 'REGULATOR_ORDER', en: 'Ordered by a regulator', zh: '监管要求' },
  { code: 'LOST', en: 'Lost', zh: '遗失' },
  { code: 'STOLEN', en: 'Stolen', zh: '被盗' },
  { code: 'TAMPER', en: 'Tampered with', zh: '触发自毁' },
  { code: 'DUPLICATE_REGISTRATION', en: 'Registered twice', zh: '重复登记' },
  { code: 'OTHER', en: 'Other', zh: '其他' },
] as const satisfies readonly UnbindReason[]

export const unbindReasonCodes: readonly string[] = unbindReasons.map(({ code }) => code)

const codes: ReadonlySet<string> = new Set(unbindReasonCodes)

export const isUnbindReason = (text: string): boolean => codes.has(text)
