/** The reader that makes the closing agreement of a case once its merchant has confirmed it. */
import type { Agreements } from '../merchants/agreements.js'
import type { Log } from '../ports/log.js'
import type { EventView } from '../queries/queries.js'

export const confirmedPrefix = 'case.confirmed'
export const agreementsReader = 'agreements'

export const makeAgreements =
  ({ agreements, log }: { readonly agreements: Agreements; readonly log: Log }) =>
  async (events: readonly EventView[]): Promise<void> => {
    for (const { id, caseUuid: uuid } of events) {
      if (uuid === null) continue
      const made = await agreements.current({ uuid, actor: 'gateway' })
      if (!made.ok) log.warn('no closing agreement was made', { event: id, code: made.code })
    }
  }
