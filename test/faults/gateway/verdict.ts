/** What must be so after any bad luck under load: nothing lost (I1), nothing done twice (I2). */
import { readFlash } from '@tillgate/device-sim'
import { expect, type TestContext } from 'vitest'

import { isLostSale, salesAtHost } from '../../demo/count.js'
import type { Member } from '../../demo/fleet.js'
import type { Scene } from '../../demo/scene.js'
import type { Toll } from '../toll.js'
import type { Answered, Load } from './load.js'

interface ClosedCase {
  readonly state: string
  readonly commandId: string | null
}

interface CommandWithLedger {
  readonly state: string
  readonly open: boolean
  readonly ledger: readonly { readonly kind: string }[]
  readonly proofs: readonly unknown[]
}

const ends = new Set(['command.done', 'command.attested', 'command.refused', 'command.failed'])

/** What is missing, and what is there twice, in words. */
class Findings {
  readonly lost: string[] = []
  readonly doubled: string[] = []

  /** Fewer than these are lost, more are doubled. */
  count(what: string, found: number, wanted: number): void {
    const text = `${what}: ${String(found)} for ${String(wanted)}`
    if (found < wanted) this.lost.push(text)
    if (found > wanted) this.doubled.push(text)
  }
}

/** An unbind case's is the one that it ordered last; undefined where it has not come to its end. */
const commandOf = async ({ api }: Scene, { id, type }: Answered): Promise<string | undefined> => {
  if (type === 'SelfTest') return id
  const { state, commandId } = await api.get<ClosedCase>(`/v1/unbind-cases/${id}`)
  return state === 'CLOSED' ? (commandId ?? undefined) : undefined
}

/** Ends the load, then asks the API, the terminals' flash and the host's file. */
const judge = async (scene: Scene, fleet: readonly Member[], load: Load): Promise<Findings> => {
  await load.finish()
  await Promise.all(fleet.map(async ({ terminal }) => terminal?.stop()))
  const found = new Findings()
  const unbound = new Map<string, number>()
  for (const answered of load.answered) {
    const { type, member } = answered
    const id = await commandOf(scene, answered)
    if (id === undefined) {
      found.lost.push(`the case ${answered.id} is not closed`)
      continue
    }
    // I1: what was answered 2xx is there, and has ended.
    const command = await scene.api.get<CommandWithLedger>(`/v1/commands/${id}`)
    if (command.state !== 'done' || command.open) found.lost.push(`${id} is ${command.state}`)
    // I2: it ended once, with one proof where it destroyed.
    const ended = command.ledger.filter(({ kind }) => ends.has(kind))
    found.count(`ends of ${id}`, ended.length, 1)
    found.count(`proofs of ${id}`, command.proofs.length, type === 'Unbind' ? 1 : 0)
    if (type === 'Unbind') unbound.set(member.sn, (unbound.get(member.sn) ?? 0) + 1)
  }
  for (const { sn, flashFile } of fleet) {
    const erasures = readFlash(flashFile).cells.erasureCounter ?? 0
    found.count(`erasures of ${sn}`, erasures, unbound.get(sn) ?? 0)
  }
  const atHost = await salesAtHost(scene.hostFolder)
  for (const sold of load.sold) {
    if (isLostSale(sold, atHost)) found.lost.push(`sale ${String(sold.trace)}`)
  }
  for (const [key, { length }] of atHost) found.count(`sale ${key}`, length, Math.min(length, 1))
  return found
}

export const expectNothingLostOrDoubled = async (
  context: Pick<TestContext, 'task'>,
  toll: Toll,
  { scene, fleet, load }: { scene: Scene; fleet: readonly Member[]; load: Load },
): Promise<void> => {
  const { lost, doubled } = await judge(scene, fleet, load)
  const ordered = load.answered.length
  toll.giveRow(context, { ordered, lost: lost.length, doubled: doubled.length })
  expect({ lost, doubled }).toEqual({ lost: [], doubled: [] })
}
