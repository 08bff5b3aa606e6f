/**
 * The reader that tells merchants what becomes of their cases: for each line that a merchant hears of, a
 * notice into the outbox for every contact of his that is live. A line that is read again tells nobody
 * twice, and one that lies too far back tells nobody: a reader that begins late is no reason to wake people.
 */
import { merchantLimits } from '../merchants/limits.js'
import { statusOfEvent } from '../merchants/status-of-event.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Clock, Ids } from '../ports/system.js'
import type { EventView } from '../queries/queries.js'

export const statusNoticesReader = 'status-notices'

export interface StatusNoticePorts {
  readonly records: Pick<Records, 'read' | 'submit'>
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  /** Something waits in the outbox. */
  nudgeNotices(): void
}

export const tellMerchants = (ports: StatusNoticePorts) => {
  const { records, clock, ids, log } = ports

  const tell = async (line: EventView): Promise<number> => {
    const news = statusOfEvent(line)
    const isOld = line.atMs <= clock.now() - merchantLimits.noticePatienceMs
    if (news === undefined || isOld || line.caseUuid === null) return 0
    const row = await records.read('case-by-uuid', { uuid: line.caseUuid })
    if (row === undefined) return 0
    const { id: caseId, terminalId, merchantId, sn } = row
    const limit = merchantLimits.contactsPerMerchantMax
    const live = await records.read('contacts', { merchantId, live: 1, afterId: 0, limit })
    const answers = await Promise.all(
      live.map(({ id: contactId }) =>
        records.submit('tell-merchant', {
          ...{ caseId, terminalId, contactId, sn, kind: news.kind },
          noticeUuid: ids.next(),
          cause: `event:${String(line.id)}`,
          startsAtMs: news.startsAtMs ?? null,
          atMs: clock.now(),
        }),
      ),
    )
    for (const answer of answers) {
      if (!answer.told && answer.because === 'RATE_LIMITED')
        log.warn('a merchant has heard of his case often enough today', { event: line.id })
    }
    return answers.filter(({ told }) => told).length
  }

  return async (events: readonly EventView[]): Promise<void> => {
    let told = 0
    // One after another: a merchant hears things in the order in which they came about.
    for (const line of events) told += await tell(line)
    if (told > 0) ports.nudgeNotices()
  }
}
