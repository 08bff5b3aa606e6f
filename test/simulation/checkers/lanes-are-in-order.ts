/**
 * The order of a lane: nothing but a Lock goes out beside a destructive command, and nothing but a Lock
 * passes a command that may have been carried out without our knowing.
 */
import { commandTypeNumbers } from '@tillgate/protocol'
import type { CommandRow, Write } from '@tillgate/gateway'

import type { Checker } from './checker.js'
import { snOf } from './ledger-model.js'

/** The command that these writes let out, with what they make of it. */
const claimedBy = (
  writes: readonly Write[],
  commands: ReadonlyMap<number, CommandRow>,
): CommandRow | undefined => {
  for (const write of writes) {
    if (write.table !== 'command') continue
    const set = write.write === 'insert' ? write.row : write.set
    if (!(set['body'] instanceof Uint8Array)) continue
    const row = write.write === 'insert' ? set : { ...commands.get(write.id), ...set }
    return row as unknown as CommandRow
  }
  return undefined
}

export const lanesAreInOrder: Checker = {
  name: 'lanes-are-in-order',
  rule: 'nothing but a Lock passes an unbind that is under way, or an unknown outcome',
  begin: (say, { ledger }) => ({
    seen(what) {
      if (what.what !== 'committed') return
      const claimed = claimedBy(what.writes, ledger.commands)
      if (claimed === undefined || claimed.type === commandTypeNumbers.Lock) return
      for (const other of ledger.commands.values()) {
        const isBefore = other.terminalId === claimed.terminalId && other.id !== claimed.id
        if (!isBefore || other.open === 0 || other.attempts === 0) continue
        if (other.outcomeUnknown === 1) {
          say(`${what.name}: a command passes an unknown outcome at ${snOf(other.terminalId)}`)
        }
        const isAlone = claimed.destructive === 1 || other.destructive === 1
        if (isAlone && other.state !== 'parked') {
          say(`${what.name}: an unbind of ${snOf(other.terminalId)} has company in its lane`)
        }
      }
    },
  }),
}
