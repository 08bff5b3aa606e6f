import { expect, it } from 'vitest'

import { isEarlierBoot, withBoot } from './earlier-boots.js'
import { terminalLimits } from './limits.js'

const boot = (number: number): Uint8Array => new Uint8Array(16).fill(number)

it('knows each boot that it was told, and no other', () => {
  const kept = withBoot(withBoot(undefined, boot(1)), boot(2))
  expect([boot(1), boot(2), boot(3)].map((one) => isEarlierBoot(kept, one))).toEqual([
    true,
    true,
    false,
  ])
  expect(isEarlierBoot(undefined, boot(1))).toBe(false)
})

it('does not take the end of one and the beginning of the next for a boot', () => {
  const kept = withBoot(withBoot(undefined, boot(1)), boot(2))
  expect(isEarlierBoot(kept, kept.slice(8, 24))).toBe(false)
})

it('forgets the oldest, and never grows beyond its limit', () => {
  let kept: Uint8Array | undefined
  for (let number = 0; number <= terminalLimits.earlierBootsMax; number += 1) {
    kept = withBoot(kept, boot(number))
  }
  expect(kept).toHaveLength(terminalLimits.earlierBootsMax * 16)
  expect(isEarlierBoot(kept, boot(0))).toBe(false)
  expect(isEarlierBoot(kept, boot(1))).toBe(true)
})
