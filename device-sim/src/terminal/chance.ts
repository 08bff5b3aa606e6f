/**
 * Chance within a boot: HMAC under the boot's 32 random bytes, with a counter. Two draws of one boot
 * differ by the counter, draws of two boots by the bytes (architecture §5, rule 10).
 */
import { ascii, concat, u64be } from '@tillgate/protocol'
import type { Boot } from './state.js'
import type { Turn } from './turn.js'

export const bootOf = (turn: Turn): Boot => {
  const { boot } = turn.state
  if (boot === undefined) throw new Error('terminal: a step without power')
  return boot
}

/** Up to 32 bytes. */
export const draw = (turn: Turn, purpose: string, length: number): Uint8Array => {
  const boot = bootOf(turn)
  const draws = boot.draws + 1
  turn.set({ boot: { ...boot, draws } })
  const text = concat(ascii(`${purpose}\0`), u64be(draws))
  return turn.world.primitives.hmacSha256(boot.secret, text).slice(0, length)
}

/** From `centre` less to `centre` plus that part of it. */
export const jittered = (turn: Turn, centre: number, part: number): number => {
  const [a = 0, b = 0] = draw(turn, 'jitter', 2)
  const unit = (a * 256 + b) / 0xffff
  return Math.round(centre * (1 - part + 2 * part * unit))
}
