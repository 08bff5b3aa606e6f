/** I1: what was answered with yes is in the records at that moment, and stays: final, or visibly open. */
import { uuidToText } from '@tillgate/protocol'

import type { Checker } from './checker.js'

const finals: ReadonlySet<string> = new Set([
  'done',
  'failed',
  'refused',
  'cancelled',
  'expired',
  'superseded',
])

export const acceptedCommandsAreKept: Checker = {
  name: 'accepted-commands-are-kept',
  rule: 'I1: a command that the API answered with 2xx is never lost',
  begin: (say, { ledger }) => {
    const accepted = new Set<string>()
    return {
      seen(what) {
        if (what.what !== 'answered') return
        if ('caseId' in what) {
          if (ledger.unbindCase(what.caseId) === undefined) {
            say(`case ${what.caseId} was answered and is not in the records`)
          }
          return
        }
        if (what.verb === 'cancel') return
        accepted.add(what.commandId)
        if (ledger.command(what.commandId) === undefined) {
          say(`${what.commandId} was answered and is not in the records`)
        }
      },
      atRest({ commands }) {
        const kept = new Map(commands.map((command) => [uuidToText(command.uuid), command]))
        for (const commandId of accepted) {
          const command = kept.get(commandId)
          if (command === undefined) say(`${commandId} is gone`)
          else if (!finals.has(command.state) && command.open !== 1) {
            say(`${commandId} is ${command.state} and not open: nobody will see it`)
          }
        }
      },
    }
  },
}
