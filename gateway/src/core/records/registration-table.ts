/** What a binding was reported to the terminal registry with (报备), and what the registry has made of it. */

/**
 * REPORTING: asked until it answers. CANCELLING: the binding ended before it came to anything, and the registry
 * is told until it says that it has heard. The other three are ends.
 */
export type RegistrationState = 'REPORTING' | 'ENABLED' | 'REFUSED' | 'CANCELLING' | 'CANCELLED'

/** At most one of a binding. */
export interface RegistrationRow {
  readonly id: number
  /** The key of a cancelling of its own, as the binding's uuid is that of the report. */
  readonly uuid: Uint8Array
  readonly bindingId: number
  /** Under the key of the merchant: of a person it is personal data. */
  readonly sealedCreditCode: Uint8Array
  readonly shownCreditCode: string
  readonly sealedAccount: Uint8Array
  readonly maskedAccount: string
  readonly placeOfDeployment: string
  /** The Bind payload that waits for the answer, and how long its command may take from then on. */
  readonly payload: Uint8Array
  readonly deliverWithinMs: number
  readonly state: RegistrationState
  /** How the registry calls its act. */
  readonly reference: string | null
  /** Calls without an answer since it came into its state. */
  readonly attempts: number
  /** When the loop looks at it; null where nothing is to be asked. */
  readonly dueAtMs: number | null
  readonly createdAtMs: number
  readonly answeredAtMs: number | null
}

export interface RegistrationTables {
  readonly registration: RegistrationRow
}

export const registrationColumns: {
  readonly registration: { readonly [C in keyof RegistrationRow]: true }
} = {
  registration: {
    id: true,
    uuid: true,
    bindingId: true,
    sealedCreditCode: true,
    shownCreditCode: true,
    sealedAccount: true,
    maskedAccount: true,
    placeOfDeployment: true,
    payload: true,
    deliverWithinMs: true,
    state: true,
    reference: true,
    attempts: true,
    dueAtMs: true,
    createdAtMs: true,
    answeredAtMs: true,
  },
}
