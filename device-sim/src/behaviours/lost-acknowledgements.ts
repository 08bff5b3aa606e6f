/**
 * Acknowledgements get lost after their effect: the gateway's PUBACK or Receipt on its way down, ours
 * of a downlink on its way up. As over TCP, the line breaks with it, unless it is told to stand: then
 * a layer in between has eaten it.
 */
import type { Prng } from '../system/prng.js'
import type { Effect } from '../terminal/effect.js'
import type { Input } from '../terminal/input.js'
import type { Behaviour, Hands } from './behaviour.js'
import { createLine } from './line.js'
import { messageIn } from './peek.js'

export type Acknowledgement = 'puback-down' | 'receipt' | 'puback-up'

export interface LostAcknowledgements {
  readonly prng: Prng
  /** Of each acknowledgement. */
  readonly rate?: number
  readonly which?: readonly Acknowledgement[]
  readonly lineBreaks?: boolean
}

const every: readonly Acknowledgement[] = ['puback-down', 'receipt', 'puback-up']

const kindOf = (input: Input): Acknowledgement | undefined => {
  if (input.kind === 'acknowledged') return 'puback-down'
  if (input.kind !== 'packet') return undefined
  return messageIn(input.payload)?.kind === 'receipt' ? 'receipt' : undefined
}

export const lostAcknowledgements = (options: LostAcknowledgements): Behaviour => {
  const { prng, rate = 0.05, which = every, lineBreaks = true } = options
  const line = createLine()
  let hands: Hands | undefined
  const isLost = (kind: Acknowledgement | undefined): boolean => {
    if (kind === undefined || !which.includes(kind) || !prng.chance(rate)) return false
    // What was decided in this step still goes out before the line breaks.
    if (lineBreaks) hands?.after(0, () => line.cut())
    return true
  }
  const isLostEffect = ({ kind }: Effect): boolean => kind === 'puback' && isLost('puback-up')
  return {
    name: 'lost-acknowledgements',
    transport: (transport) => line.over(transport),
    begin: (given) => {
      hands = given
    },
    input: (input) => (isLost(kindOf(input)) ? [] : [input]),
    effects: (effects) => effects.filter((effect) => !isLostEffect(effect)),
  }
}
