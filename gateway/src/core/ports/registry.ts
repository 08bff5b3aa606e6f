/**
 * The terminal registry (报备): it knows which serial number works for which merchant, and has a state of
 * its own that may disagree with ours. Its numeric codes for enabling and cancelling differ by acquirer
 * and are the adapter's business, never constants here (domain §1.2).
 */
export interface RegisteredAssociation {
  readonly acquirerCode: string
  readonly mid: string
  readonly tid: string
  readonly sn: string
  /** The registry's own serial number, where the terminal has one. */
  readonly tusn: string | null
}

/** The association and what else the five elements (五要素) hold: it stands for this merchant, account and place. */
export interface Registration extends RegisteredAssociation {
  readonly creditCode: string
  /**
   * The number itself: a registry takes no masked one. It is opened for the call alone, and no adapter may
   * write it anywhere.
   */
  readonly settlementAccount: string
  readonly placeOfDeployment: string
  /** The binding's uuid, text: a repeated call with it is the same call. No case has the same. */
  readonly idempotencyKey: string
}

export interface Deregistration extends RegisteredAssociation {
  /** The case's uuid, text: a repeated call with it is the same call. */
  readonly idempotencyKey: string
  readonly reason: string
}

/** `unavailable`: outcome unknown, ask again with the same key. */
export type RegistryAnswer =
  | { readonly ok: true; readonly reference: string }
  | { readonly ok: false; readonly code: 'refused' | 'unavailable'; readonly detail: string }

/** Never throws: what went wrong on the way is `unavailable`. */
export interface Registry {
  /** Enables the association; of one that is enabled so already it says ok. */
  register(call: Registration): Promise<RegistryAnswer>
  /** Cancels the association; of one that it does not know, or has cancelled, it says ok. */
  deregister(call: Deregistration): Promise<RegistryAnswer>
}
