/** The terminal takes the PUBACK of its proof for the Receipt. */
import { toHex } from '@tillgate/protocol'
import type { Step } from '@tillgate/device-sim'

import type { Mutant } from './mutant.js'
import { alsoWriting } from './terminal-side.js'

/** Of the proofs that were sent: the evidence's key, by its token. */
type Sent = Map<number, string>

const noteProofs = (sent: Sent, { state, effects }: Step): void => {
  for (const effect of effects) {
    if (effect.kind !== 'publish' || effect.says !== 'proof') continue
    for (const kept of state.flash.areas.evidence.values()) {
      if (kept.envelope === effect.payload) sent.set(effect.token, toHex(kept.messageId))
    }
  }
}

export const proofDeletedOnPuback: Mutant = {
  name: 'proof-deleted-on-puback',
  plants: 'the terminal drops its proof when that is PUBACKed',
  breaks: 'a proof is kept until its Receipt',
  replaced: {
    machine: (own) => {
      const bySn = new Map<string, Sent>()
      return (state, input, world) => {
        const { sn } = state
        const done = own(state, input, world)
        const sent = input.kind === 'boot' ? new Map<number, string>() : (bySn.get(sn) ?? new Map())
        bySn.set(sn, sent)
        noteProofs(sent, done)
        const id = input.kind === 'acknowledged' ? sent.get(input.token) : undefined
        return id === undefined
          ? done
          : alsoWriting(state.flash, done, [{ area: 'evidence', id, value: undefined }])
      }
    },
  },
}
