/** How often somebody asked, counted for all nodes together by the server's clock. */
import type { RateAnswer, RateQuestion } from '../../../core/ports/coordination.js'
import { takeRateScript } from './scripts/take-rate.lua.js'
import { listIn, numberIn, type Surroundings } from './surroundings.js'

const isSensible = ({ key, quota, windowMs }: RateQuestion, keyCharsMax: number): boolean =>
  key.length <= keyCharsMax && quota > 0 && windowMs > 0

export const takeRate = async (
  { wire, keys, limits }: Surroundings,
  question: RateQuestion,
): Promise<RateAnswer | undefined> => {
  if (!isSensible(question, limits.rateKeyCharsMax)) return undefined
  const { key, quota, windowMs } = question
  const answer = await wire.run(takeRateScript, [keys.rate(key)], [quota, windowMs])
  if (!answer.ok) return undefined
  const [ok, left, fullInMicros, waitMicros] = listIn(answer.value).map(numberIn)
  return {
    ok: ok === 1,
    left: left ?? 0,
    fullInMs: (fullInMicros ?? 0) / 1_000,
    waitMs: (waitMicros ?? 0) / 1_000,
  }
}
