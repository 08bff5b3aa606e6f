/**
 * I8: an end that is said to be known is true. A command that ended without effect (cancelled, expired,
 * superseded, refused, and not `outcome: unknown`) has had none at its terminal, and never will.
 */
import { toHex, uuidToText } from '@tillgate/protocol'

import type { Checker } from './checker.js'
import { snOf } from './ledger-model.js'

const withoutEffect: ReadonlySet<unknown> = new Set([
  'cancelled',
  'expired',
  'superseded',
  'refused',
])
const effects: ReadonlySet<string> = new Set([
  'running',
  'erasing',
  'done',
  'failed',
  'interrupted',
])

export const knownEndsAreTrue: Checker = {
  name: 'known-ends-are-true',
  rule: 'I8: an end whose outcome is said to be known is true',
  begin: (say, { ledger }) => {
    /** What each terminal's journal holds by now, by serial number and id. */
    const journals = new Map<string, string>()
    return {
      seen(what) {
        if (what.what === 'flashed') {
          for (const change of what.changes) {
            if (!('area' in change) || change.area !== 'journal' || change.value === undefined)
              continue
            const { state, commandId } = change.value
            journals.set(`${what.sn} ${change.id}`, state)
            const command = ledger.command(uuidToText(commandId))
            const isEnded =
              command !== undefined &&
              command.outcomeUnknown === 0 &&
              withoutEffect.has(command.state)
            if (isEnded && effects.has(state)) {
              say(`${what.sn}: ${change.id} is ${state} though it is known as ${command.state}`)
            }
          }
        }
        if (what.what !== 'committed') return
        for (const write of what.writes) {
          if (write.write !== 'update' || write.table !== 'command') continue
          const before = ledger.commands.get(write.id)
          if (before === undefined) continue
          const after = { ...before, ...write.set }
          if (after.outcomeUnknown !== 0 || !withoutEffect.has(after.state)) continue
          const state = journals.get(`${snOf(before.terminalId)} ${toHex(before.uuid)}`) ?? ''
          if (effects.has(state)) {
            say(
              `${toHex(before.uuid)} is called ${String(after.state)} though its terminal is ${state}`,
            )
          }
        }
      },
    }
  },
}
