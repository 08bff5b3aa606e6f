/** Two phases: once a cancel was answered with yes, or an end without effect was written, nothing erases. */
import { uuidToText } from '@tillgate/protocol'

import type { Checker } from './checker.js'

const givenUp: ReadonlySet<string> = new Set(['cancelled', 'expired', 'refused', 'superseded'])

export const cancelledIsNeverErased: Checker = {
  name: 'cancelled-is-never-erased',
  rule: 'no erase after cancelled was answered',
  begin: (say, { ledger }) => {
    const cancelled = new Set<string>()
    const cancelledCases = new Set<string>()
    return {
      seen(what) {
        if (what.what === 'answered' && what.verb === 'cancel') cancelled.add(what.commandId)
        if (what.what === 'answered' && what.verb === 'cancel-case') cancelledCases.add(what.caseId)
        if (what.what !== 'flashed') return
        for (const change of what.changes) {
          if (!('cell' in change) || change.cell !== 'erasure' || change.value === undefined)
            continue
          const commandId = uuidToText(change.value.commandId)
          if (cancelled.has(commandId))
            say(`${what.sn} erases for ${commandId}, which was cancelled`)
          const command = ledger.command(commandId)
          const caseUuid = ledger.cases.get(command?.caseId ?? 0)?.uuid
          // Two persons may force a case whose cancel the terminal has never answered.
          const isErase = ledger.isForcedErase(command)
          if (!isErase && caseUuid && cancelledCases.has(uuidToText(caseUuid))) {
            say(`${what.sn} erases for ${commandId}, whose case was cancelled`)
          }
          // By force the gateway gives up an unbind that may go on: that is written as not known.
          const isForced = command?.state === 'superseded' && command.outcomeUnknown === 1
          const state = command?.state ?? 'unknown'
          if (givenUp.has(state) && !isForced) {
            say(`${what.sn} erases for ${commandId}, which is ${state}`)
          }
        }
      },
    }
  },
}
