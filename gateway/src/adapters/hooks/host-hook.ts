/**
 * The acquirer's switch behind signed hooks: `host.block`, `host.unblock`, `host.show`. The rule of rising
 * numbers is the receiver's to keep (architecture §5, rule 2); its answer names state or refusal, and what
 * it says of another verb's state is no answer.
 */
import { createHash } from 'node:crypto'
import { uuidToText } from '@tillgate/protocol'
import type { Host, HostAnswer, HostCall, TidRef, TidView } from '../../core/ports/host.js'
import type { Ids } from '../../core/ports/system.js'
import { detailOf, type Fields } from './answer.js'
import type { Hook } from './hook.js'
import { hookLimits } from './limits.js'

type Verb = 'block' | 'unblock'

const unavailable = (detail: string) => ({ ok: false, code: 'unavailable', detail }) as const

/** The call itself, as a key: the same call has the same, whatever letters a TID is made of. */
const keyOf = (verb: Verb, { acquirerCode, mid, tid, callNumber }: HostCall): string => {
  const name = JSON.stringify([verb, acquirerCode, mid, tid, callNumber])
  const digest = createHash('sha256').update(name).digest('base64url').slice(0, 32)
  return `${verb}-${String(callNumber)}-${digest}`
}

const refusals = ['stale', 'unknown-tid', 'refused'] as const

const isRefusal = (outcome: unknown): outcome is (typeof refusals)[number] =>
  refusals.includes(outcome as never)

const readOrder =
  (verb: Verb) =>
  (fields: Fields): HostAnswer | undefined => {
    const { outcome } = fields
    const expected = verb === 'block' ? 'blocked' : 'open'
    if (outcome === expected) return { ok: true, state: expected }
    return isRefusal(outcome)
      ? { ok: false, code: outcome, detail: detailOf(fields, outcome) }
      : undefined
  }

/** Codes that the core knows count; of what it does not know it can't say whether it may wait. */
const obstaclesOf = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.length <= hookLimits.obstaclesMax
    ? value.filter((code): code is string => typeof code === 'string')
    : undefined

const readView = (fields: Fields): TidView | undefined => {
  const { outcome, callNumber, obstacles } = fields
  if (outcome === 'unknown-tid') {
    return { ok: false, code: 'unknown-tid', detail: detailOf(fields, outcome) }
  }
  if (outcome !== 'open' && outcome !== 'blocked') return undefined
  if (!Number.isSafeInteger(callNumber) || Number(callNumber) < 0) return undefined
  if (obstacles !== undefined && obstaclesOf(obstacles) === undefined) return undefined
  const open = obstaclesOf(obstacles)
  return {
    ok: true,
    state: outcome,
    callNumber: Number(callNumber),
    ...(open === undefined ? {} : { obstacles: open }),
  }
}

export const createHostHook = (hook: Hook, ids: Ids): Host => {
  const order = async (verb: Verb, call: HostCall): Promise<HostAnswer> => {
    const { acquirerCode, mid, tid, callNumber, reason } = call
    if (!Number.isSafeInteger(callNumber) || callNumber < 1) {
      return { ok: false, code: 'refused', detail: 'a call number is a whole number from 1' }
    }
    const called = await hook.call({
      ...{ id: keyOf(verb, call), type: `host.${verb}` },
      data: { acquirerCode, mid, tid, callNumber, reason },
      ...{ known: ['outcome'], read: readOrder(verb) },
    })
    return called.ok ? called.answer : unavailable(called.detail)
  }
  return {
    block: (call) => order('block', call),
    unblock: (call) => order('unblock', call),
    async show({ acquirerCode, mid, tid }: TidRef) {
      // A question is not an act: each has an id of its own, so that no kept answer comes back.
      const called = await hook.call({
        ...{ id: `show-${uuidToText(ids.next())}`, type: 'host.show' },
        data: { acquirerCode, mid, tid },
        ...{ known: ['outcome', 'callNumber', 'obstacles'], read: readView },
      })
      return called.ok ? called.answer : unavailable(called.detail)
    },
  }
}
