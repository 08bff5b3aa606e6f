/** A node behind a broker waits for terminals to come to it, as if connections showed that they must. */
import { parseDownlink, parseEnvelope } from '@tillgate/protocol'

import { openingBrokered } from './broker-side.js'
import type { Mutant } from './mutant.js'

const isHelloRequest = (payload: Uint8Array): boolean => {
  const envelope = parseEnvelope(payload)
  const downlink = envelope.ok ? parseDownlink(envelope.value.body) : undefined
  return downlink?.ok === true && downlink.value.message.kind === 'helloRequest'
}

export const nobodyAsksForHello: Mutant = {
  name: 'nobody-asks-for-hello',
  plants: 'behind a broker a terminal whose lane nobody keeps is not asked for its Hello',
  breaks: 'I6: once faults stop, everything drains',
  replaced: {
    parts: openingBrokered((ports, receiving) => {
      const { broker } = ports
      const publish: typeof broker.publish = (downlink) =>
        isHelloRequest(downlink.payload) ? 'queued' : broker.publish(downlink)
      return [{ ...ports, broker: { ...broker, publish } }, receiving]
    }),
  },
}
