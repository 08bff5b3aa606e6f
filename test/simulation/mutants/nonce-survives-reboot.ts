/** The terminal boots and goes on with its prepare, under the nonce and with a new lease. */
import type { JournalEntry, Step, TerminalState } from '@tillgate/device-sim'
import { toHex } from '@tillgate/protocol'

import type { Mutant } from './mutant.js'
import { journalled, misreading } from './terminal-side.js'

type Preparation = NonNullable<TerminalState['preparation']>

const none = { records: 0, amountMinor: 0 }

const resumed = (entry: JournalEntry, nonce: Uint8Array, endsMs: number): Preparation => ({
  isOffline: false,
  key: toHex(entry.commandId),
  phase: 'PREPARED',
  deadlineMs: endsMs,
  settled: { batch: none, offline: none, reversal: none, slip: none },
  uploaded: true,
  withoutSettlement: false,
  hostSilent: false,
  lease: { nonce, endsMs },
})

const withPreparation = (done: Step, entry: JournalEntry, nowMs: number): Step => {
  const { readyNonce } = entry
  if (readyNonce === undefined) return done
  const { leaseMs } = done.state.profile.timings
  const preparation = resumed(entry, readyNonce, nowMs + leaseMs)
  const effects = [...done.effects, { kind: 'timer', name: 'lease', afterMs: leaseMs } as const]
  return { state: { ...done.state, preparation, errand: undefined }, effects }
}

export const nonceSurvivesReboot: Mutant = {
  name: 'nonce-survives-reboot',
  plants: 'a prepare and its nonce live on after a reboot',
  breaks: 'a nonce lives once: a reboot ends it',
  replaced: {
    machine: (own) => (state, input, world) => {
      const [entry] =
        input.kind === 'boot'
          ? [...state.flash.areas.journal.values()].filter((one) => one.state === 'prepared')
          : []
      if (entry === undefined) return own(state, input, world)
      const passedBy = journalled({ ...entry, state: 'failed' })
      const done = misreading(own, { state, input, world }, [passedBy])
      return withPreparation(done, entry, world.nowMs)
    },
  },
}
