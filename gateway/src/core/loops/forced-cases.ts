/**
 * The part of the case loop that closes by force: it finds the forced closes that were granted, and has the
 * host block the TID of a case that is FORCED. The answer is asked for until there is one.
 */
import { uuidToText } from '@tillgate/protocol'

import { caseLimits } from '../cases/limits.js'
import type { Host } from '../ports/host.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Clock } from '../ports/system.js'
import type { CaseView } from '../queries/queries.js'

export interface ForcedCasePorts {
  readonly records: Records
  readonly host: Host
  readonly clock: Clock
  readonly log: Log
  nudgeLane(terminalId: number): void
}

export interface ForcedCases {
  /** True where there is more to look at. */
  takeGranted(): Promise<boolean>
  blockForGood(row: CaseView): Promise<boolean>
}

export const createForcedCases = (ports: ForcedCasePorts): ForcedCases => {
  const { records, host, clock, log } = ports
  let afterCase = 0

  const takeGranted = async (): Promise<boolean> => {
    const limit = caseLimits.casesPerTurnMax
    const wanted = { nowMs: clock.now(), afterId: afterCase, limit }
    const page = await records.read('forceable-cases', wanted)
    afterCase = page.length < limit ? 0 : (page.at(-1)?.caseId ?? 0)
    for (const found of page) {
      const act = { ...found, actor: 'gateway', atMs: clock.now() }
      const forced = await records.submit('force-case', act)
      if (forced.ok && forced.moved) ports.nudgeLane(found.terminalId)
    }
    return afterCase !== 0
  }

  const blockForGood = async (row: CaseView): Promise<boolean> => {
    const { id: caseId, terminalId } = row
    const begun = await records.submit('begin-forced-block', {
      ...{ caseId, terminalId },
      atMs: clock.now(),
    })
    if (!begun.ok) return false
    const { callNumber, target } = begun
    const answer = await host.block({ ...target, callNumber, reason: 'forced' })
    const said = answer.ok ? (answer.state === 'blocked' ? 'blocked' : 'refused') : answer.code
    if (said !== 'blocked') {
      log.warn('the host did not block the TID of a forced case', {
        caseId: uuidToText(row.uuid),
        sn: row.sn,
        code: said,
        detail: answer.ok ? answer.state : answer.detail,
      })
    }
    const view = said === 'stale' ? await host.show(target) : undefined
    const recorded = await records.submit('record-forced-block', {
      ...{ caseId, terminalId, callNumber, answer: said },
      seenNumber: view?.ok === true ? view.callNumber : 0,
      atMs: clock.now(),
    })
    return recorded.ok && recorded.moved
  }

  return { takeGranted, blockForGood }
}
