/**
 * B1: at most one binding is live for a serial number, and one for an acquirer's MID and TID. Giving a
 * terminal to a merchant ends nobody else's binding.
 */
import type { BindingRow } from '@tillgate/gateway'

import type { Checker } from './checker.js'
import { snOf } from './ledger-model.js'

const tidOf = ({ acquirerCode, mid, tid }: Pick<BindingRow, 'acquirerCode' | 'mid' | 'tid'>) =>
  `${acquirerCode}/${mid}/${tid}`

export const oneLiveBinding: Checker = {
  name: 'one-live-binding',
  rule: 'B1: one live binding for a serial number, and one for a TID',
  begin: (say, { ledger }) => ({
    seen(what) {
      if (what.what !== 'committed') return
      for (const write of what.writes) {
        if (write.table !== 'binding') continue
        if (write.write === 'update') {
          if (what.name === 'order-binding') say(`order-binding ends binding ${String(write.id)}`)
          continue
        }
        const made = write.row as unknown as BindingRow
        for (const other of ledger.bindings.values()) {
          if (other.live !== 1) continue
          if (other.terminalId === made.terminalId) {
            say(`${snOf(made.terminalId)} is bound a second time`)
          }
          if (tidOf(other) === tidOf(made)) say(`${made.tid} is given a second time`)
        }
      }
    },
  }),
}
