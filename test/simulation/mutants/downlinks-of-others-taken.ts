/** The terminal trusts its broker for the topic, and does not look whose serial number a downlink has. */
import {
  encodeDownlink,
  parseDownlink,
  parseEnvelope,
  purposeOfDownlink,
  signBody,
} from '@tillgate/protocol'

import { simulatedPrimitives } from '../world/crypto.js'
import { signers } from '../world/factory.js'
import type { Mutant } from './mutant.js'

/** In its own name, as if whose it is did not count; undefined where there is nothing to change. */
const asIfMeant = (payload: Uint8Array, sn: string): Uint8Array | undefined => {
  const envelope = parseEnvelope(payload)
  const downlink = envelope.ok ? parseDownlink(envelope.value.body) : undefined
  if (downlink?.ok !== true || downlink.value.sn === sn) return undefined
  const purpose = purposeOfDownlink(downlink.value.message)
  if (purpose === 'signers' || purpose === 'device') return undefined
  const body = encodeDownlink({ ...downlink.value, sn })
  return signBody(simulatedPrimitives, signers[purpose], purpose, body)
}

export const downlinksOfOthersTaken: Mutant = {
  name: 'downlinks-of-others-taken',
  plants: "the terminal takes another's command that a broker puts on its topic",
  breaks: 'I3: a terminal sees only its own commands',
  seenBy: 'terminals-get-their-own-commands',
  replaced: {
    machine: (own) => (state, input, world) => {
      const payload = input.kind === 'packet' ? asIfMeant(input.payload, state.sn) : undefined
      return input.kind === 'packet' && payload !== undefined
        ? own(state, { ...input, payload }, world)
        : own(state, input, world)
    },
  },
}
