/** The API says yes to every cancel, as if it were only a wish. */
import { ownParts } from '@tillgate/gateway'

import type { Mutant } from './mutant.js'

export const yesToALateCancel: Mutant = {
  name: 'yes-to-a-late-cancel',
  plants: 'a cancel that comes too late is answered with yes, and changes nothing',
  breaks: 'nothing is erased after a cancel was answered with yes',
  replaced: {
    parts: {
      createCommandService: (ports) => {
        const own = ownParts.createCommandService(ports)
        return {
          ...own,
          cancel: async (request) => {
            const answer = await own.cancel(request)
            return !answer.ok && answer.code === 'TOO_LATE'
              ? { ok: true, value: { state: 'cancelled', phase: null } }
              : answer
          },
        }
      },
    },
  },
}
