import { expect, it } from 'vitest'
import { concat } from '@tillgate/protocol'
import { createPrng } from '../system/prng.js'
import { createFramer, frameOf } from './frame.js'

it('cuts the same messages whatever pieces they come in', () => {
  const prng = createPrng('frames')
  for (let round = 0; round < 50; round++) {
    const sent = Array.from({ length: prng.between(1, 8) }, () => prng.bytes(prng.between(1, 400)))
    const bytes = concat(...sent.map(frameOf))
    const framer = createFramer(400)
    const got: Uint8Array[] = []
    for (let at = 0; at < bytes.length;) {
      const end = at + prng.between(1, 300)
      got.push(...(framer.push(bytes.slice(at, end)) ?? expect.fail('broken')))
      at = end
    }
    expect(got).toEqual(sent)
    expect(framer.isInside()).toBe(false)
  }
})

it('breaks for good on a length of zero or over the limit, without waiting for the bytes', () => {
  for (const head of [
    [0, 0],
    [0x01, 0x91],
    [0xff, 0xff],
  ]) {
    const framer = createFramer(400)
    expect(framer.push(Uint8Array.from(head))).toBeUndefined()
    expect(framer.push(frameOf(Uint8Array.of(1)))).toBeUndefined()
  }
})
