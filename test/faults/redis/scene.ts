// Two nodes on one Redis to which something happens, and what may be asked of them whatever it is.
import { expect } from 'vitest'
import type { Notice, RedisCoordinationLimits } from '@tillgate/gateway'
import {
  freshPrefix,
  redisNode,
  serversOf,
  untilWell,
  type FleetNode,
} from '../../contract/coordination/fleet.js'
import { waitFor } from '../../ground/index.js'

export interface Pair {
  readonly a: FleetNode
  readonly b: FleetNode
  readonly prefix: string
}

export const openPair = async (
  url: string,
  limits: Partial<RedisCoordinationLimits> = {},
): Promise<Pair> => {
  const prefix = freshPrefix()
  const servers = serversOf(url)
  const a = redisNode({ name: 'a', servers, prefix, limits })
  const b = redisNode({ name: 'b', servers, prefix, limits })
  await untilWell(a, b)
  return { a, b, prefix }
}

export const lane = (terminalId: number): Notice => ({ kind: 'lane', terminalId })

export const upTo = (last: number, from = 1): readonly number[] =>
  Array.from({ length: last - from + 1 }, (_, i) => from + i)

export const until = (
  what: string,
  condition: () => boolean | Promise<boolean>,
): Promise<unknown> => waitFor(condition, { what, timeoutMs: 20_000 })

/** Until `node` knows that all of these are online. */
export const untilSeen = (node: FleetNode, ids: readonly number[]): Promise<unknown> =>
  until('all sessions to be seen', async () => {
    const online = await node.coordination.online(ids)
    return ids.every((id) => online?.has(id) === true)
  })

/** Until a notice from one reaches the other: nudges flow again. */
export const untilNudged = async (from: FleetNode, to: FleetNode, id: number): Promise<void> => {
  const before = to.notices.length
  await until('a nudge to arrive', () => {
    from.coordination.tell(lane(id))
    return to.notices.slice(before).some((notice) => notice.terminalId === id)
  })
}

/** Until a call of one is heard by the other. */
export const untilCalled = async (from: FleetNode, to: FleetNode): Promise<void> => {
  const before = to.calls.length
  await until('a call to be heard', () => {
    from.coordination.call('host')
    return to.calls.length > before
  })
}

export const reasonsOf = ({ coordination }: FleetNode): string =>
  coordination.health().reasons.join('; ')

export const untilSaid = async (node: FleetNode, words: string): Promise<void> => {
  try {
    await until(`“${words}”`, () => reasonsOf(node).includes(words))
  } catch (cause) {
    throw new Error(`it says: ${reasonsOf(node)}`, { cause })
  }
}

/** The longest that one of these may keep its caller, in ms, on a machine that is busy. */
const atOnceMs = 100
/** A command's time, and a busy machine's on top. */
const boundMs = 300 + 400

/** What must hold while Redis is out of reach: nothing waits, nothing throws, nobody is lied to. */
export const expectBounded = async ({ coordination }: FleetNode): Promise<void> => {
  const begin = performance.now()
  coordination.own(900_001, 1)
  coordination.tell(lane(900_002))
  coordination.call('committed')
  coordination.disown(900_001, 1)
  expect(performance.now() - begin).toBeLessThan(atOnceMs)
  const asked = performance.now()
  const answers = await Promise.all([
    coordination.online([900_003]),
    coordination.take({ key: 'k', quota: 1, windowMs: 1_000 }),
  ])
  expect(performance.now() - asked).toBeLessThan(boundMs)
  expect(answers).toEqual([undefined, undefined])
}
