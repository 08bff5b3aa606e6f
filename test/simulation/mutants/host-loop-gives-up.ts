/** A host that did not answer once is not called again. */
import { ownParts, type HostAnswer, type HostCall } from '@tillgate/gateway'

import { seeing } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const hostLoopGivesUp: Mutant = {
  name: 'host-loop-gives-up',
  plants: 'the host loop gives a TID up after one call without an answer',
  breaks: 'I6: everything drains within a bound',
  replaced: {
    parts: {
      createHostLoop: (ports) => {
        const { host } = ports
        const givenUp = new Set<string>()
        const noting =
          (call: (request: HostCall) => Promise<HostAnswer>) =>
          async (request: HostCall): Promise<HostAnswer> => {
            const answer = await call(request)
            if (!answer.ok) givenUp.add(request.tid)
            return answer
          }
        return ownParts.createHostLoop({
          ...ports,
          host: { ...host, block: noting(host.block), unblock: noting(host.unblock) },
          records: seeing(ports.records, 'host-work', (work) =>
            work.filter(({ tid }) => !givenUp.has(tid)),
          ),
        })
      },
    },
  },
}
