/** Two phases: once a cancel was answered with yes, or an end without effect was written, nothing erases. */
import { uuidToText } from '@tillgate/protocol'

import type { Checker } from './checker.js'

const givenUp: ReadonlySet<string> = new Set(['cancelled', 'expired', 'refused', 'superseded'])

export const cancelledIsNeverErased: Checker = {
  name: 'cancelled-is-never-erased',
  rule: 'no erase after cancelled was answered',
  begin: (say, { ledger }) => {
    const cancelled = new Set<string>()
    return {
      seen(what) {
        if (what.what === 'answered' && what.verb === 'cancel') cancelled.add(what.commandId)
        if (what.what !== 'flashed') return
        for (const change of what.changes) {
          if (!('cell' in change) || change.cell !== 'erasure' || change.value === undefined)
            continue
          const commandId = uuidToText(change.value.commandId)
          if (cancelled.has(commandId))
            say(`${what.sn} erases for ${commandId}, which was cancelled`)
          const state = ledger.command(commandId)?.state ?? 'unknown'
          if (givenUp.has(state)) say(`${what.sn} erases for ${commandId}, which is ${state}`)
        }
      },
    }
  },
}
