/**
 * 五要素, the five elements with which a terminal is registered (银发〔2021〕259号): acquirer code, merchant code,
 * credit code, settlement account, place of deployment. The first two are the merchant's; here are the rules
 * of the others, and how people may see them.
 */
import { maskAccount } from '../masking/mask-account.js'
import { accountFault, plainAccount } from './account-number.js'
import { isCitizenId } from './citizen-id.js'
import { isCreditCode } from './credit-code.js'
import { isUnionMid } from './union-mid.js'

export const elementLimits = {
  /** Characters. */
  placeLengthMax: 200,
} as const

/** What a binding is registered with beside the merchant's own two. */
export interface GivenElements {
  /** 统一社会信用代码; of a person the 公民身份号码. */
  readonly creditCode: string
  readonly settlementAccount: string
  readonly placeOfDeployment: string
}

export interface ElementFault {
  readonly field: 'creditCode' | 'settlementAccount' | 'placeOfDeployment' | 'mid'
  readonly rule: string
}

/** As they are kept and reported. */
export const plainElements = (given: GivenElements): GivenElements => ({
  creditCode: given.creditCode.trim().toUpperCase(),
  settlementAccount: plainAccount(given.settlementAccount),
  placeOfDeployment: given.placeOfDeployment.trim(),
})

/** The first that is wrong, and the rule that it breaks. `elements` are plain. */
export const elementFault = (elements: GivenElements, mid: string): ElementFault | undefined => {
  const { creditCode, settlementAccount, placeOfDeployment } = elements
  if (!isUnionMid(mid)) {
    const rule = 'must be 15 digits to be registered: acquirer 3, area 4, category 4, number 4'
    return { field: 'mid', rule }
  }
  if (!isCreditCode(creditCode) && !isCitizenId(creditCode)) {
    const rule =
      'must be a unified social credit code (GB 32100) or, of a person, an id number (GB 11643), check character included'
    return { field: 'creditCode', rule }
  }
  const account = accountFault(settlementAccount)
  if (account !== undefined) return { field: 'settlementAccount', rule: account }
  const { length } = Array.from(placeOfDeployment)
  if (length === 0 || length > elementLimits.placeLengthMax) {
    const rule = `must have 1 to ${String(elementLimits.placeLengthMax)} characters`
    return { field: 'placeOfDeployment', rule }
  }
  return undefined
}

export interface ShownElements {
  readonly creditCode: string
  readonly settlementAccount: string
}

/** A company's code is public; a person's number is not. */
export const shownElements = ({ creditCode, settlementAccount }: GivenElements): ShownElements => ({
  creditCode: isCitizenId(creditCode) ? maskAccount(creditCode) : creditCode,
  settlementAccount: maskAccount(settlementAccount),
})
