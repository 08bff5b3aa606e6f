/**
 * At rest the records and the terminal agree on whom it works for: a binding in force is the one that its
 * flash holds, and a terminal without one holds none.
 */
import type { Checker } from './checker.js'
import { snOf } from './ledger-model.js'

export const recordsKnowWhomItServes: Checker = {
  name: 'records-know-whom-it-serves',
  rule: 'I8: at rest a terminal works for whom the records say',
  begin: (say, { ledger }) => ({
    atRest({ terminals }) {
      for (const { sn, running } of terminals) {
        const { cells, areas } = running.state().flash
        const live = [...ledger.bindings.values()].find(
          (binding) => binding.live === 1 && snOf(binding.terminalId) === sn,
        )
        const held = `${areas.params.get('tid')?.text ?? ''} in epoch ${String(cells.binding?.epoch)}`
        if (live === undefined && cells.binding !== undefined && !ledger.isGivenUp(sn)) {
          say(`${sn} works for ${held}, and for nobody in the records`)
        }
        if (live?.state !== 'ACTIVE') continue
        const said = `${live.tid} in epoch ${String(live.epoch)}`
        if (held !== said) say(`${sn} works for ${held}, and for ${said} in the records`)
      }
    },
  }),
}
