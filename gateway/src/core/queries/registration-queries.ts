/** What may be asked about the registration of bindings, and about what was tried after their end. */
import type { RegistrationRow, WatchAttemptRow } from '../records/tables.js'
import type { Page, Query } from './shape.js'

/** Of a binding that was never reported all of it is null. */
export interface ShownRegistration {
  readonly registration: RegistrationRow['state'] | null
  readonly registryReference: string | null
  readonly registryCalls: number | null
  readonly shownCreditCode: string | null
  readonly maskedAccount: string | null
  readonly placeOfDeployment: string | null
}

/** A registration that the registry is to be asked about, with what it is about. */
export interface DueRegistration extends RegistrationRow {
  readonly bindingUuid: Uint8Array
  readonly terminalId: number
  readonly sn: string
  readonly tusn: string | null
  readonly acquirerCode: string
  readonly mid: string
  readonly tid: string
  readonly merchantUuid: Uint8Array
}

export interface RegistrationQueries {
  /** The longest overdue first. */
  readonly 'due-registrations': Query<
    { readonly nowMs: number; readonly limit: number },
    readonly DueRegistration[]
  >
  readonly 'attempts-of-case': Query<Page & { readonly caseId: number }, readonly WatchAttemptRow[]>
}
