// One-time codes are those of RFC 6238, appendix B (its last six digits), one step to either side.
import { otplibCodes, systemEntropy } from '@tillgate/gateway'
import { ascii } from '@tillgate/protocol'
import { expect, test } from 'vitest'
import { oneTimeCode } from '../ground/one-time-code.js'

const codes = otplibCodes(systemEntropy)
const secret = ascii('12345678901234567890')

test.each([
  [1_111_111_111, '050471'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('the code of second %i counts in its step and the ones beside it', (second, code) => {
  const step = Math.floor(second / 30)
  const found = [-60, -30, 0, 30, 60].map((off) =>
    codes.stepOf(code, secret, (second + off) * 1_000),
  )
  expect(found).toEqual([undefined, step, step, step, undefined])
})

test('a made secret is the one that its URI gives to an app', () => {
  const { secret: own, uri } = codes.make('li.na')
  const atMs = 1_700_000_000_000
  expect(codes.stepOf(oneTimeCode(uri, atMs), own, atMs)).toBe(56_666_666)
  expect(codes.stepOf(oneTimeCode(uri, atMs), undefined, atMs)).toBeUndefined()
  expect(uri).toContain('otpauth://totp/Tillgate:li.na?')
})

test.each(['', '12345', '1234567', 'abcdef', '12345６'])('%j is no code', (text) => {
  expect(codes.stepOf(text, secret, 59_000)).toBeUndefined()
})
