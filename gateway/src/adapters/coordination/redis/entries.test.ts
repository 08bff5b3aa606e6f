import { expect, test } from 'vitest'
import type { Notice } from '../../../core/ports/coordination.js'
import { entryOf, noticesIn } from './entries.js'

const notices: readonly Notice[] = [
  { kind: 'lane', terminalId: 7 },
  { kind: 'moved', terminalId: 9_007_199_254_740_991, fence: 3 },
  { kind: 'lane', terminalId: 1 },
]

test('an entry gives back the notices that it was made of', () => {
  expect(entryOf(notices)).toBe('l7,m9007199254740991:3,l1')
  expect(noticesIn(entryOf(notices))).toEqual(notices)
  expect(noticesIn('')).toEqual([])
})

test('what another version may say is passed over, and the rest is heard', () => {
  expect(noticesIn('z1,l7,m5,l2:3,l,m1:2:3,l-1,l99999999999999999,lx,m8:2')).toEqual([
    { kind: 'lane', terminalId: 7 },
    { kind: 'moved', terminalId: 8, fence: 2 },
  ])
})
