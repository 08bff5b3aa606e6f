/** What must be so after any bad luck under load: nothing lost (I1), nothing done twice (I2). */
import { readFlash } from '@tillgate/device-sim'
import { expect } from 'vitest'

import { isLostSale, salesAtHost } from '../../demo/count.js'
import type { Member } from '../../demo/fleet.js'
import type { Scene } from '../../demo/scene.js'
import type { Load } from './load.js'

interface CommandWithLedger {
  readonly ledger: readonly { readonly kind: string }[]
  readonly proofs: readonly unknown[]
}

const ends = new Set(['command.done', 'command.attested', 'command.refused', 'command.failed'])

/** Ends the load, then asks the API, the terminals' flash and the host's file. */
export const expectNothingLostOrDoubled = async (
  scene: Scene,
  fleet: readonly Member[],
  load: Load,
): Promise<void> => {
  await load.finish()
  await Promise.all(fleet.map(async ({ terminal }) => terminal?.stop()))

  const unbound = new Map<string, number>()
  for (const { id, type, member } of load.answered) {
    // I1: what was answered 2xx is there, and has ended.
    const command = await scene.api.get<CommandWithLedger>(`/v1/commands/${id}`)
    expect(command, id).toMatchObject({ state: 'done', open: false })
    // I2: it ended once, with one proof where it destroyed.
    const ended = command.ledger.filter(({ kind }) => ends.has(kind))
    expect(ended, id).toHaveLength(1)
    expect(command.proofs, id).toHaveLength(type === 'Unbind' ? 1 : 0)
    if (type === 'Unbind') unbound.set(member.sn, (unbound.get(member.sn) ?? 0) + 1)
  }
  for (const { sn, flashFile } of fleet) {
    expect(readFlash(flashFile).cells.erasureCounter ?? 0, sn).toBe(unbound.get(sn) ?? 0)
  }
  const atHost = await salesAtHost(scene.hostFolder)
  expect(load.sold.filter((sold) => isLostSale(sold, atHost))).toEqual([])
  expect([...atHost.values()].filter((entries) => entries.length > 1)).toEqual([])
}
