/** Merchants sell: some before the unbinds, the others all the while. The demo remembers every outcome. */
import type { Prng, SaleEnd } from '@tillgate/device-sim'

import { concurrently } from './concurrently.js'
import type { Member } from './fleet.js'
import type { Progress } from './progress.js'

export interface Sold {
  readonly member: Member
  readonly end: SaleEnd
  readonly amountMinor: number
}

const width = 64
const amountMinorMax = 50_000
/** Of the sales, taken without asking the host. */
const offlineShare = 0.15

const sellOnce = async (member: Member, chance: Prng): Promise<Sold | undefined> => {
  const { terminal } = member
  if (terminal === undefined) return undefined
  const amountMinor = 1 + Math.floor(chance.float() * amountMinorMax)
  const offline = chance.float() < offlineShare
  const end = await (offline ? terminal.offlineSale(amountMinor) : terminal.sale(amountMinor))
  return { member, end, amountMinor }
}

/** Each terminal sells `rounds` times. */
export const sellRounds = async (
  fleet: readonly Member[],
  { rounds, chance }: { readonly rounds: number; readonly chance: Prng },
  progress: Progress,
): Promise<readonly Sold[]> => {
  let done = 0
  const sold = await concurrently(fleet, width, async (member) => {
    const own: Sold[] = []
    for (let i = 0; i < rounds; i++) {
      const one = await sellOnce(member, chance.fork(`${member.sn} ${String(i)}`))
      if (one !== undefined) own.push(one)
    }
    progress.at('terminals have sold', (done += 1), fleet.length)
    return own
  })
  return sold.flat()
}

/** Sells on these terminals until told to stop. */
export const keepSelling = (
  fleet: readonly Member[],
  chance: Prng,
): { stop(): Promise<readonly Sold[]> } => {
  let stopped = false
  const sold: Sold[] = []
  const run = async (member: Member, index: number): Promise<void> => {
    for (let i = 0; !stopped; i++) {
      const one = await sellOnce(member, chance.fork(`keep ${String(index)} ${String(i)}`))
      if (one !== undefined) sold.push(one)
      await new Promise((resolve) => setTimeout(resolve, 250 + chance.float() * 500))
    }
  }
  const running = Promise.all(fleet.map(run))
  return {
    async stop() {
      stopped = true
      await running
      return sold
    },
  }
}
