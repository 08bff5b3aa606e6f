/** Two phases: a TID is never unblocked while its terminal may still erase. */
import type { Checker } from './checker.js'

export const tidOpensOnlyAfterRelease: Checker = {
  name: 'tid-opens-only-after-release',
  rule: 'a TID is never unblocked while the terminal may still erase',
  begin: (say, { terminals }) => {
    const blocked = new Set<string>()
    return {
      seen(what) {
        if (what.what !== 'host-called' || !what.answer.ok) return
        const { verb, tid } = what
        if (verb === 'block') {
          blocked.add(tid)
          return
        }
        // Opened already: it changes nothing.
        if (!blocked.delete(tid)) return
        for (const { sn, running } of terminals.values()) {
          const { flash, preparation } = running.state()
          if (flash.areas.params.get('tid')?.text !== tid) continue
          if (flash.cells.erasure !== undefined) say(`${tid} is opened while ${sn} erases`)
          if (preparation?.lease !== undefined) {
            say(`${tid} is opened while ${sn} holds a live nonce`)
          }
        }
      },
    }
  },
}
