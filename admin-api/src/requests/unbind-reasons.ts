/** Why a terminal is taken from its merchant: the codes that an Unbind may carry. */
export const unbindReasons: ReadonlySet<string> = new Set([
  'MERCHANT_REQUEST', // 商户申请
  'STORE_CLOSED', // 门店关闭、歇业
  'MERCHANT_CANCELLED', // 商户注销
  'CONTRACT_ENDED', // 合同到期
  'ACQUIRER_CHANGED', // 更换收单机构
  'BUSINESS_ADJUSTMENT', // 业务调整
  'SETTLEMENT_ACCOUNT_CHANGE', // 变更结算账户
  'RELOCATION', // 变更布放地址
  'DEVICE_SWAP', // 换机
  'DEVICE_FAULT', // 设备故障
  'MODEL_OBSOLETE', // 机型淘汰
  'INACTIVE', // 长期无交易
  'FEE_OVERDUE', // 欠费
  'RISK_CONTROL', // 风险管控
  'FRAUD', // 欺诈、套现
  'UNLAWFUL_RELOCATION', // 违规移机
  'MULTI_MERCHANT', // 一机多户
  'MULTI_CODE', // 一机多码
  'REGULATOR_ORDER', // 监管要求
  'LOST', // 遗失
  'STOLEN', // 被盗
  'TAMPER', // 触发自毁
  'DUPLICATE_REGISTRATION', // 重复登记
  'OTHER', // 其他
])
