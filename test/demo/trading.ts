/** Merchants sell: some before the unbinds, and all of them while those go on. */
import type { Prng } from '@tillgate/device-sim'

import { concurrently } from './concurrently.js'
import type { Member } from './fleet.js'
import type { Progress } from './progress.js'

const width = 64
const amountMinorMax = 50_000
/** Of the sales, taken without asking the host. */
const offlineShare = 0.15
const pauseMsMin = 250
const pauseMsMax = 750

const sellOnce = async ({ terminal }: Member, chance: Prng): Promise<void> => {
  const amountMinor = chance.between(1, amountMinorMax)
  await (chance.chance(offlineShare)
    ? terminal?.offlineSale(amountMinor)
    : terminal?.sale(amountMinor))
}

/** Each terminal sells `rounds` times. */
export const sellRounds = async (
  fleet: readonly Member[],
  { rounds, chance }: { readonly rounds: number; readonly chance: Prng },
  progress: Progress,
): Promise<void> => {
  let done = 0
  await concurrently(fleet, width, async (member) => {
    for (let i = 0; i < rounds; i++) {
      await sellOnce(member, chance.fork(`${member.sn} ${String(i)}`))
    }
    progress.at('terminals have sold', (done += 1), fleet.length)
  })
}

/** Sells on these terminals until told to stop. */
export const keepSelling = (fleet: readonly Member[], chance: Prng): { stop(): Promise<void> } => {
  let stopped = false
  const run = async (member: Member): Promise<void> => {
    const own = chance.fork(`keep ${member.sn}`)
    while (!stopped) {
      await sellOnce(member, own)
      const ms = own.between(pauseMsMin, pauseMsMax)
      await new Promise((resolve) => setTimeout(resolve, ms))
    }
  }
  const running = Promise.all(fleet.map(run))
  return {
    async stop() {
      stopped = true
      await running
    },
  }
}
