/**
 * I3: a terminal sees, acknowledges and reports only its own commands. Seen at both ends: what is in its
 * journal was ordered for it, and what the records take about a command came from that command's terminal.
 */
import { uuidToText } from '@tillgate/protocol'

import type { Checker } from './checker.js'
import { othersWords, snOf } from './ledger-model.js'

interface Said {
  readonly terminalId?: number
  readonly commandUuid?: Uint8Array
}

const isReport = (name: string): boolean => name.startsWith('record-') && !othersWords.has(name)

export const terminalsGetTheirOwnCommands: Checker = {
  name: 'terminals-get-their-own-commands',
  rule: 'I3: a terminal sees, acknowledges and reports only its own commands',
  begin: (say, { ledger }) => {
    return {
      seen(what) {
        if (what.what === 'committed') {
          if (isReport(what.name) && what.writes.length > 0) {
            const { terminalId, commandUuid } = what.input as Said
            const command =
              commandUuid === undefined ? undefined : ledger.command(uuidToText(commandUuid))
            if (command !== undefined && command.terminalId !== terminalId) {
              say(`${what.name}: a word of ${snOf(terminalId ?? 0)} moved another's command`)
            }
          }
        }
        if (what.what !== 'flashed') return
        for (const change of what.changes) {
          if (!('area' in change) || change.area !== 'journal' || change.value === undefined)
            continue
          const command = ledger.command(uuidToText(change.value.commandId))
          if (command === undefined)
            say(`${what.sn}: its journal names a command that nobody ordered`)
          else if (snOf(command.terminalId) !== what.sn) {
            say(`${what.sn}: its journal names a command of ${snOf(command.terminalId)}`)
          }
        }
      },
    }
  },
}
