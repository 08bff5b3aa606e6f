/** B2: each binding of a serial number has the epoch after the one before it, and its commands name it. */
import { changesBindingEpoch, uuidToText } from '@tillgate/protocol'
import type { BindingRow } from '@tillgate/gateway'

import type { Checker } from './checker.js'
import { snOf } from './ledger-model.js'
import { downlinkIn } from './reading.js'

export const epochsRiseByOne: Checker = {
  name: 'epochs-rise-by-one',
  rule: 'B2: the epoch of a serial number rises by one with each binding, and every command names it',
  begin: (say, { ledger }) => {
    const epochs = new Map<number, number>()
    return {
      seen(what) {
        if (what.what === 'committed') {
          for (const write of what.writes) {
            if (write.write !== 'insert' || write.table !== 'binding') continue
            const { terminalId, epoch } = write.row as unknown as BindingRow
            const before = epochs.get(terminalId) ?? 0
            epochs.set(terminalId, epoch)
            if (epoch === before + 1) continue
            const step = `from ${String(before)} to ${String(epoch)}`
            say(`the epoch of ${snOf(terminalId)} goes ${step}`)
          }
        }
        if (what.what !== 'sent') return
        const message = downlinkIn(what.envelope)?.value.message
        if (message?.kind !== 'command') return
        const ordered = ledger.command(uuidToText(message.commandId))
        const binding = ledger.bindings.get(ordered?.bindingId ?? 0)
        if (binding === undefined) return
        if (message.bindingEpoch !== binding.epoch) {
          const kind = changesBindingEpoch(message.type) ? 'Bind' : 'command'
          say(`a ${kind} for ${what.sn} names epoch ${String(message.bindingEpoch)}`)
        }
      },
    }
  },
}
