/** What of a merchant lies sealed, and what each value is bound to; all under the key of the merchant. */
import { uuidToText } from '@tillgate/protocol'

import type { Belonging } from '../ports/sealing.js'
import { scopeText } from '../sealing/scopes.js'

export const merchantScope = (merchantUuid: Uint8Array): string =>
  scopeText({ noun: 'merchant', uuid: uuidToText(merchantUuid) })

export const contactBelonging = (contactUuid: Uint8Array): Belonging => ({
  what: 'contact.to',
  whose: uuidToText(contactUuid),
})

/** Of what a binding was reported with. */
export const elementBelonging = (
  element: 'credit-code' | 'account',
  bindingUuid: Uint8Array,
): Belonging => ({ what: `registration.${element}`, whose: uuidToText(bindingUuid) })

export const codeBelonging = (noticeUuid: Uint8Array): Belonging => ({
  what: 'notice.code',
  whose: uuidToText(noticeUuid),
})
