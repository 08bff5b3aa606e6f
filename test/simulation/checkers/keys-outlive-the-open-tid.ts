/** Two phases: keys are never erased while the TID is open, or the next sale would find no key. */
import type { Checker } from './checker.js'
import { account } from '../world/factory.js'

export const keysOutliveTheOpenTid: Checker = {
  name: 'keys-outlive-the-open-tid',
  rule: 'keys are never erased while the TID is open',
  begin: (say, { terminals, host }) => {
    /** The TID of each erasure under way, as the terminal knew it when it began. */
    const erasing = new Map<string, string>()
    return {
      seen(what) {
        if (what.what !== 'flashed') return
        const { sn } = what
        for (const change of what.changes) {
          if ('cell' in change && change.cell === 'erasure') {
            if (change.value === undefined) erasing.delete(sn)
            else if (!erasing.has(sn)) {
              const params = terminals.get(sn)?.running.state().flash.areas.params
              erasing.set(sn, params?.get('tid')?.text ?? '')
            }
          }
          const isErased =
            'area' in change && change.area === 'slots' && change.value?.state === 'ERASED'
          const tid = erasing.get(sn)
          if (isErased && tid !== undefined && host.isOpen({ ...account, tid })) {
            say(`${sn} erases ${change.id} while ${tid} is open at the host`)
          }
        }
      },
    }
  },
}
