/** A proof stays in the terminal until its Receipt has come; PUBACK never suffices. */
import type { Checker } from './checker.js'

export const proofsAreKept: Checker = {
  name: 'proofs-are-kept',
  rule: 'a proof survives until its Receipt',
  begin: (say) => {
    const waiting = new Set<string>()
    return {
      seen(what) {
        if (what.what !== 'flashed') return
        for (const change of what.changes) {
          if (!('area' in change) || change.area !== 'evidence') continue
          const key = `${what.sn} ${change.id}`
          if (change.value === undefined) {
            if (waiting.has(key)) say(`${what.sn} lets go of a proof without its Receipt`)
          } else if (change.value.kind === 'proof') {
            if (change.value.receipted) waiting.delete(key)
            else waiting.add(key)
          }
        }
      },
    }
  },
}
