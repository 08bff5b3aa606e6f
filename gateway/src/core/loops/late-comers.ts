/**
 * The part of the case loop that meets late comers: a terminal whose case was closed by force has appeared
 * again, and is ordered to erase. It gets nothing else.
 */
import { encodePayload, uuidToText } from '@tillgate/protocol'

import { caseLimits } from '../cases/limits.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Clock, Ids } from '../ports/system.js'
import type { LateComer } from '../queries/queries.js'

export interface LateComerPorts {
  readonly records: Records
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  nudgeLane(terminalId: number): void
}

export interface LateComers {
  /** True where there is more to look at. */
  orderErases(): Promise<boolean>
}

export const createLateComers = (ports: LateComerPorts): LateComers => {
  const { records, clock, ids, log } = ports
  let after = 0

  const order = async (found: LateComer): Promise<void> => {
    const { caseId, terminalId, reason, mid, tid, sn } = found
    const [atMs, uuid] = [clock.now(), ids.next()]
    const { settleTimeoutS, orderLifetimeMs } = caseLimits
    const payload = { type: 'Unbind', reason, mid, tid, settleTimeoutS } as const
    const ordered = await records.submit('order-erase', {
      ...{ caseId, terminalId, uuid, publicId: uuidToText(uuid) },
      payload: encodePayload({ ...payload, withoutSettlement: true }),
      notAfterMs: atMs + orderLifetimeMs,
      atMs,
    })
    if (!ordered.ok) return
    const commandId = uuidToText(uuid)
    log.warn('a terminal whose case was closed by force has appeared: it is to erase', {
      sn,
      commandId,
    })
    ports.nudgeLane(terminalId)
  }

  const orderErases = async (): Promise<boolean> => {
    const limit = caseLimits.casesPerTurnMax
    const page = await records.read('late-comers', { afterId: after, limit })
    after = page.length < limit ? 0 : (page.at(-1)?.id ?? 0)
    for (const found of page) await order(found)
    return after !== 0
  }

  return { orderErases }
}
