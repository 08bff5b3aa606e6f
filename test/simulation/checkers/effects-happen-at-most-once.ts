/**
 * I2: the effect of a command happens at most once. Seen in what the terminal's flash made durable: once
 * its journal says that a command was done, failed or is being erased, that id never begins anew, and no
 * terminal does what nobody ordered.
 */
import type { JournalEntry } from '@tillgate/device-sim'
import { toHex } from '@tillgate/protocol'

import type { Checker } from './checker.js'

type State = JournalEntry['state']

/** What begins or completes an effect. */
const effective: ReadonlySet<State> = new Set<State>(['done', 'failed', 'interrupted'])

export const effectsHappenAtMostOnce: Checker = {
  name: 'effects-happen-at-most-once',
  rule: 'I2: the effect of a command happens at most once',
  begin: (say) => {
    /** By serial number and id: the last durable state of a command that has had its effect. */
    const ended = new Map<string, State>()
    const erasures = new Map<string, number>()
    const counters = new Map<string, number>()
    return {
      seen(what) {
        if (what.what !== 'flashed') return
        for (const change of what.changes) {
          if ('cell' in change && change.cell === 'erasureCounter') {
            const before = counters.get(what.sn) ?? 0
            if ((change.value ?? 0) !== before + 1) say(`${what.sn}: the erasure counter jumped`)
            counters.set(what.sn, change.value ?? 0)
          }
          if (!('area' in change) || change.area !== 'journal' || change.value === undefined)
            continue
          const { state, commandId } = change.value
          const key = `${what.sn} ${change.id}`
          const before = ended.get(key)
          if (before !== undefined && state !== before) {
            say(`${what.sn}: ${toHex(commandId)} was ${before} and is ${state} now`)
          }
          if (state === 'erasing') {
            const count = (erasures.get(key) ?? 0) + 1
            erasures.set(key, count)
            if (count > 1) say(`${what.sn}: ${toHex(commandId)} erases a second time`)
          }
          if (effective.has(state)) ended.set(key, state)
        }
      },
    }
  },
}
