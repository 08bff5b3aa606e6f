/**
 * A node that lost a lane and does not know it yet does no harm: whatever is submitted under a fencing
 * number writes only while that number is the terminal's.
 */
import type { Checker } from './checker.js'
import { snOf } from './ledger-model.js'

interface Fenced {
  readonly terminalId?: number
  readonly commandId?: number
  readonly fence?: number
}

export const onlyTheOwnerWrites: Checker = {
  name: 'only-the-owner-writes',
  rule: 'whoever has lost the lane of a terminal writes nothing about it',
  begin: (say, { ledger }) => ({
    seen(what) {
      if (what.what !== 'committed' || what.writes.length === 0) return
      const { fence, terminalId, commandId } = what.input as Fenced
      if (fence === undefined) return
      const id = terminalId ?? ledger.commands.get(commandId ?? 0)?.terminalId ?? 0
      if (fence !== ledger.terminals.get(id)?.fence) {
        say(`${what.name} writes about ${snOf(id)} under fence ${String(fence)}`)
      }
    },
  }),
}
