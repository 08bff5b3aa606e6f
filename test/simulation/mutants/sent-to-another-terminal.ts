/** The link keeps its sockets in a table that is too small, and writes to whoever sits there now. */
import { ownParts, type LinkSession } from '@tillgate/gateway'

import type { Mutant } from './mutant.js'

const places = 8

export const sentToAnotherTerminal: Mutant = {
  name: 'sent-to-another-terminal',
  plants: 'what is sent to one terminal reaches another that has taken its place in a table',
  breaks: 'I3: a terminal sees only its own commands',
  replaced: {
    parts: {
      createLinkHandler: (ports) => {
        const own = ownParts.createLinkHandler(ports)
        const table = new Map<number, LinkSession>()
        return {
          ...own,
          opened: (link) => {
            const place = link.id % places
            table.set(place, link)
            own.opened({
              ...link,
              send: (payload, delivered) => (table.get(place) ?? link).send(payload, delivered),
            })
          },
        }
      },
    },
  },
}
