/** What a binding is registered with, checked, and sealed before an operation sees it. */
import { utf8 } from '@tillgate/protocol'

import {
  elementFault,
  plainElements,
  shownElements,
  type GivenElements,
} from '../bindings/five-elements.js'
import { elementBelonging, merchantScope } from '../merchants/belongings.js'
import type { ReportBindingInput } from '../operations/report-binding.js'
import type { ScopeSealing } from '../sealing/scope-sealing.js'
import type { Answer } from './command-service.js'
import { refusal } from './refusal.js'

export type SealedElements = Pick<
  ReportBindingInput,
  'sealedCreditCode' | 'shownCreditCode' | 'sealedAccount' | 'maskedAccount' | 'placeOfDeployment'
>

interface Whose {
  readonly bindingUuid: Uint8Array
  readonly merchantUuid: Uint8Array
  readonly mid: string
}

/** As the request names it. */
const fieldOf = (field: string): string => (field === 'mid' ? 'merchantId' : `elements.${field}`)

export const createSealElements =
  ({ scopes }: { readonly scopes?: ScopeSealing }) =>
  async (
    given: GivenElements,
    { bindingUuid, merchantUuid, mid }: Whose,
  ): Promise<Answer<SealedElements>> => {
    const elements = plainElements(given)
    const fault = elementFault(elements, mid)
    if (fault !== undefined) return refusal('VALIDATION', fieldOf(fault.field), fault.rule)
    if (scopes === undefined) return refusal('SEALING_UNAVAILABLE')
    const sealing = scopes.of(merchantScope(merchantUuid))
    const { creditCode, settlementAccount, placeOfDeployment } = elements
    const code = await sealing.seal(elementBelonging('credit-code', bindingUuid), utf8(creditCode))
    const account = await sealing.seal(
      elementBelonging('account', bindingUuid),
      utf8(settlementAccount),
    )
    if (!code.ok || !account.ok) {
      const isDestroyed = [code, account].some((one) => !one.ok && one.code === 'DESTROYED')
      return refusal(isDestroyed ? 'DESTROYED' : 'SEALING_UNAVAILABLE')
    }
    const shown = shownElements(elements)
    return {
      ok: true,
      value: {
        sealedCreditCode: code.sealed,
        shownCreditCode: shown.creditCode,
        sealedAccount: account.sealed,
        maskedAccount: shown.settlementAccount,
        placeOfDeployment,
      },
    }
  }
