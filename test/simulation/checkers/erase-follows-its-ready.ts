/**
 * U2: nothing is erased before the terminal itself has reported, in this very run, that nothing waits in
 * it: a Ready with this nonce, with batch, offline sales and reversals at zero, that has reached the gateway.
 * After a forced close its Ready names what is left, and that goes as two persons have granted.
 */
import { toHex, uuidToText } from '@tillgate/protocol'

import type { Checker } from './checker.js'
import { uplinkIn } from './reading.js'

const money = ['batch', 'offline', 'reversal'] as const

export const eraseFollowsItsReady: Checker = {
  name: 'erase-follows-its-ready',
  rule: 'U2: no erase before the terminal has reported in this run that nothing waits in it',
  begin: (say, { ledger }) => {
    /** By serial number and nonce: the areas that were not reported empty. */
    const reported = new Map<string, readonly string[]>()
    const isForced = (commandId: Uint8Array): boolean =>
      ledger.isForcedErase(ledger.command(uuidToText(commandId)))
    return {
      seen(what) {
        if (what.what === 'arrived') {
          const message = uplinkIn(what.envelope)?.value.message
          if (message?.kind !== 'ready') return
          const left = money.filter(
            (name) => message.areas.find((area) => area.name === name)?.records !== 0,
          )
          const key = `${what.sn} ${toHex(message.readyNonce)}`
          // Made up by a broker, it may say anything; the first to come of the terminal's own counts.
          if (left.length === 0 || !reported.has(key)) reported.set(key, left)
        }
        if (what.what !== 'flashed') return
        for (const change of what.changes) {
          if (!('cell' in change) || change.cell !== 'erasure') continue
          if (change.value?.resumed !== 0) continue
          const left = reported.get(`${what.sn} ${toHex(change.value.readyNonce)}`)
          if (left === undefined) say(`${what.sn} erases, and no Ready of this run has arrived`)
          else if (left.length > 0 && !isForced(change.value.commandId))
            say(`${what.sn} erases; its Ready told of ${left.join()}`)
        }
      },
    }
  },
}
