import { createPrng, type Prng } from '@tillgate/device-sim'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { waitFor } from '../ground/index.js'
import { openStage, type Stage } from './stage.js'
import type { Till } from './till.js'
import { isOf } from './watched-records.js'

const seed = process.env['TILLGATE_SEED'] ?? 'abort and proceed'
const roundsPerTill = 8
const ways = [{}, { over: 'wss' }, { version: 4 }, { over: 'wss', version: 4 }] as const

let stage: Stage
let tills: readonly Till[]

beforeAll(async () => {
  stage = await openStage()
  tills = await Promise.all(ways.map((way) => stage.till(way)))
}, 60_000)

afterAll(() => stage.end(), 60_000)

type Answered = 'cancelled' | 'too-late'

const cancel = async (uuid: Uint8Array): Promise<Answered> => {
  const answer = await stage.services.commands.cancel({ uuid, actor: 'e2e' })
  if (answer.ok) return 'cancelled'
  expect(answer.code).toBe('TOO_LATE')
  return 'too-late'
}

type Moment = () => Promise<void> | undefined

/** What each command's cancel does when its Proceed is about to be committed. */
const moments = new Map<number, Moment>()

/** The case orders by itself: Proceed waits where nobody has decided yet when to cancel. */
const beforeProceed = (commandId: number): Promise<void> | undefined => {
  const moment = moments.get(commandId)
  if (moment !== undefined) return moment()
  const decided = waitFor(() => moments.get(commandId), { what: 'a moment to cancel' })
  return decided.then((then) => then())
}

/**
 * Asks to cancel at a moment that chance chooses around the commit of Proceed: in front of it in the
 * same turn, behind it in the same turn, or some milliseconds before or after.
 */
const cancelAtSomeMoment = (
  uuid: Uint8Array,
  commandId: number,
  chance: Prng,
): Promise<{ readonly answered: Answered; readonly when: string }> =>
  new Promise((resolve, reject) => {
    const ask = (when: string): void =>
      void cancel(uuid).then((answered) => resolve({ answered, when }), reject)
    const which = chance.between(0, 4)
    const jitterMs = chance.float() * 12
    let isOver = false
    moments.set(commandId, () => {
      if (isOver) return undefined
      isOver = true
      if (which < 1) ask('in front of it')
      else if (which < 2) queueMicrotask(() => ask('behind it'))
      else if (which < 3) setTimeout(() => ask(`${jitterMs.toFixed(1)} ms later`), jitterMs)
      else {
        // The Proceed is held back instead: the cancel comes earlier by so much.
        ask('before it')
        return new Promise((later) => setTimeout(later, jitterMs))
      }
      return undefined
    })
  })

const assertCancelled = async (till: Till, uuid: Uint8Array): Promise<void> => {
  const { proofs, ledger } = await stage.until(uuid, 'cancelled')
  expect(proofs).toEqual([])
  expect(ledger.map(({ kind }) => kind)).not.toContain('command.proceed_sent')
  expect(till.atHost().state).toBe('open')
  await till.until('a sign-on', () => till.flash.durable().cells.batchHead?.open === true)
  await till.sellAll(1)
  expect(till.keysHeld()).toContain('MAK')
}

const assertUnbound = async (till: Till, uuid: Uint8Array): Promise<void> => {
  const { proofs, ledger } = await stage.until(uuid, 'done')
  expect(proofs).toHaveLength(1)
  expect(ledger.map(({ kind }) => kind)).not.toContain('command.aborting')
  expect(till.atHost().state).toBe('blocked')
  expect(till.keysHeld()).toEqual([])
  expect(await till.sell(100)).toBe('not-possible')
}

const playRound = async (till: Till, chance: Prng): Promise<Answered> => {
  await till.sellAll(1)
  const uuid = await till.unbind()
  const { command } = await stage.show(uuid)
  const { answered, when } = await cancelAtSomeMoment(uuid, command.id, chance)
  try {
    await (answered === 'cancelled' ? assertCancelled : assertUnbound)(till, uuid)
  } catch (cause) {
    const story = (await stage.happened(uuid)).join(', ')
    throw new Error(`${till.sn}, cancelled ${when}, ${answered}: ${story}`, { cause })
  }
  if (answered === 'too-late') await stage.rebind(till)
  return answered
}

it(`either cancels or is too late, wholly, whenever it comes (seed ${seed})`, async () => {
  stage.ears.beforeSubmit = (submitted) =>
    isOf(submitted, 'commit-proceed') ? beforeProceed(submitted.input.commandId) : undefined
  const chance = createPrng(seed)
  const answers = await Promise.all(
    tills.map(async (till) => {
      const own = chance.fork(till.sn)
      const rounds: Answered[] = []
      for (let i = 0; i < roundsPerTill; i++) rounds.push(await playRound(till, own))
      return rounds
    }),
  )
  const ended = answers.flat()
  expect(ended).toHaveLength(tills.length * roundsPerTill)
  // Both ends were met, or this was no race.
  expect(new Set(ended)).toEqual(new Set<Answered>(['cancelled', 'too-late']))
}, 120_000)
