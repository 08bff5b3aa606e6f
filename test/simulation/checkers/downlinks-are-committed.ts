/**
 * What leaves is durable and for its addressee: a Command or a Proceed goes out only with a body that was
 * committed before (a crash between the two would leave the terminal with an order that nobody knows
 * of), and no terminal is sent what is another's.
 */
import { fleetSn, toHex } from '@tillgate/protocol'

import { simulatedPrimitives } from '../world/crypto.js'
import type { Checker } from './checker.js'
import { downlinkIn } from './reading.js'

const hashOf = (body: Uint8Array): string => toHex(simulatedPrimitives.sha256(body))

export const downlinksAreCommitted: Checker = {
  name: 'downlinks-are-committed',
  rule: 'a Command or a Proceed leaves after its commit, and a downlink for its addressee alone',
  begin: (say) => {
    const committed = new Set<string>()
    return {
      seen(what) {
        if (what.what === 'committed') {
          for (const write of what.writes) {
            if (write.table !== 'command') continue
            const { bodyHash, proceedHash } = write.write === 'insert' ? write.row : write.set
            for (const hash of [bodyHash, proceedHash]) {
              if (hash instanceof Uint8Array) committed.add(toHex(hash))
            }
          }
        }
        if (what.what !== 'sent') return
        const downlink = downlinkIn(what.envelope)
        if (downlink === undefined) return say(`${what.sn} is sent what is no downlink`)
        const { sn, message } = downlink.value
        if (sn !== fleetSn && sn !== what.sn) say(`${what.sn} is sent a ${message.kind} for ${sn}`)
        const mustBeDurable = message.kind === 'command' || message.kind === 'proceed'
        if (mustBeDurable && !committed.has(hashOf(downlink.body))) {
          say(`${what.sn} is sent a ${message.kind} that is not committed`)
        }
      },
    }
  },
}
