/** Behind a broker the session that an uplink names is believed, and its MAC is not compared. */
import { openingBrokered } from './broker-side.js'
import type { Mutant } from './mutant.js'

const macBytes = 32

export const macUnchecked: Mutant = {
  name: 'mac-unchecked',
  plants: 'behind a broker whoever knows the id of a session speaks in it, under any key',
  breaks: 'every uplink is authenticated',
  seenBy: 'only-true-words-count',
  replaced: {
    parts: openingBrokered((ports, receiving) => {
      const { digest } = receiving
      const equal: typeof digest.equal = (a, b) => a.length === macBytes || digest.equal(a, b)
      return [ports, { ...receiving, digest: { ...digest, equal } }]
    }),
  },
}
