/**
 * A mobile network loses the link now and then, and both ends notice (domain §8: 2 % of links an
 * hour, so one in about fifty hours).
 */
import type { Prng } from '../system/prng.js'
import type { Behaviour } from './behaviour.js'
import { createLine } from './line.js'
import { nowAndThen } from './now-and-then.js'

export interface DropsLine {
  readonly prng: Prng
  readonly meanMs?: number
}

const hourMs = 3_600_000

export const dropsLine = ({ prng, meanMs = 50 * hourMs }: DropsLine): Behaviour => {
  const line = createLine()
  return {
    name: 'drops-line',
    transport: (transport) => line.over(transport),
    begin: (hands) => nowAndThen(hands, { prng, meanMs }, () => line.cut()),
  }
}
