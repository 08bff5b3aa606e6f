/**
 * I8: nothing is called done that was only told. A command that the records call done is done in its
 * terminal's own flash; an unbind that they call done has left no working key and no merchant there.
 */
import { commandTypeNumbers, toHex } from '@tillgate/protocol'

import type { Checker } from './checker.js'
import { snOf } from './ledger-model.js'

const workingKeys: ReadonlySet<string> = new Set(['PIK', 'MAK', 'TDK'])

export const doneMeansDone: Checker = {
  name: 'done-means-done',
  rule: 'I8: nothing is called done that was only told',
  begin: (say, { ledger }) => {
    /** Commands whose terminal has made their end durable, by serial number and id. */
    const done = new Set<string>()
    /** Serial numbers whose flash holds a working key, per purpose. */
    const keys = new Map<string, Set<string>>()
    return {
      seen(what) {
        if (what.what === 'flashed') {
          const held = keys.get(what.sn) ?? new Set<string>()
          keys.set(what.sn, held)
          for (const change of what.changes) {
            if (!('area' in change)) continue
            if (change.area === 'journal' && change.value?.state === 'done') {
              done.add(`${what.sn} ${change.id}`)
            }
            if (change.area !== 'slots' || !workingKeys.has(change.id)) continue
            if (change.value?.sealed === undefined) held.delete(change.id)
            else held.add(change.id)
          }
        }
        if (what.what !== 'committed') return
        for (const write of what.writes) {
          if (write.write !== 'update' || write.table !== 'command') continue
          const before = ledger.commands.get(write.id)
          if (before === undefined || write.set['state'] !== 'done') continue
          const sn = snOf(before.terminalId)
          const id = toHex(before.uuid)
          if (!done.has(`${sn} ${id}`)) say(`${id} is called done, and ${sn} has not done it`)
          const unbound = before.type === commandTypeNumbers.Unbind
          const left = keys.get(sn)
          // A Bind that the terminal has already taken may have brought new keys; none is ordered yet.
          if (unbound && left !== undefined && left.size > 0) {
            say(`${id} is called done, and ${sn} still holds ${[...left].join()}`)
          }
        }
      },
    }
  },
}
