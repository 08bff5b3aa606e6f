/**
 * A network that forgets the connection without a FIN: nothing arrives any more, either way, and both
 * ends believe in it until a keep-alive ends it. What the terminal says meanwhile is lost.
 */
import type { Prng } from '../system/prng.js'
import type { Behaviour } from './behaviour.js'
import { createLine } from './line.js'
import { nowAndThen } from './now-and-then.js'

export interface HalfOpen {
  readonly prng: Prng
  /** Between two such losses. */
  readonly meanMs?: number
}

const hourMs = 3_600_000

export const halfOpen = ({ prng, meanMs = hourMs }: HalfOpen): Behaviour => {
  const line = createLine()
  return {
    name: 'half-open',
    transport: (transport) => line.over(transport),
    begin: (hands) => nowAndThen(hands, { prng, meanMs }, () => line.silence()),
  }
}
