import { describe, expect, test } from 'vitest'
import { cardNumberMark, withoutCardNumbers } from './card-number.js'
import { maskAccount } from './mask-account.js'
import { withoutAccounts } from './without-accounts.js'

/** Test numbers of card schemes, 13 to 19 digits. */
const numbers = [
  '4222222222222',
  '378282246310005',
  '4111111111111111',
  '6212341111111111116',
  '62123456789000003',
  '4111111111111111 12/28',
  '4111-1111-1111-1111 123',
]

/** The same digits and a check digit that is right. */
const withCheck = (digits: string): string => {
  for (let last = 0; last < 10; last++) {
    const whole = `${digits}${String(last)}`
    if (withoutCardNumbers(whole).found > 0) return whole
  }
  throw new Error('no check digit fits')
}

describe('a card number', () => {
  test.each(numbers)('%s is found wherever it stands', (number) => {
    for (const text of [number, `pan=${number};`, `x${number}y`, `错误 ${number}`]) {
      const { text: cleaned, found } = withoutCardNumbers(text)
      expect(found).toBe(1)
      expect(cleaned).toContain(cardNumberMark)
      expect(cleaned).not.toContain(number)
    }
  })

  test.each([' ', '-', '.', '\u00a0', '\u200b'])(
    'is found with %j between its groups or its digits',
    (between) => {
      const digits = '4111111111111111'
      const grouped = digits.replaceAll(/(\d{4})(?=\d)/g, `$1${between}`)
      const apart = Array.from(digits).join(between)
      expect(withoutCardNumbers(grouped).found).toBe(1)
      expect(withoutCardNumbers(apart).found).toBe(1)
    },
  )

  test('is found in full-width digits and inside a longer run', () => {
    const wide = Array.from('4111111111111111', (digit) =>
      String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
    ).join('')
    expect(withoutCardNumbers(wide).found).toBe(1)
    expect(withoutCardNumbers('0074111111111111111990').text).toBe(cardNumberMark)
  })

  test('of every length from 13 to 19 is found', () => {
    for (let length = 13; length <= 19; length++) {
      expect(withCheck('6'.padEnd(length - 1, '251')).length).toBe(length)
    }
  })
})

describe('what is no card number', () => {
  test.each([
    '',
    'battery low',
    '123456789012',
    '4111111111111112',
    '0000000000000000',
    '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69',
    '2026-11-23',
    'v2.14.3',
    'V20261123123456',
    '20261123123459',
  ])('%j stays as it is', (text) => {
    expect(withoutCardNumbers(text)).toEqual({ text, found: 0 })
  })
})

test.each([
  ['no account 4100025209001234567 here', 'no account ****4567 here'],
  ['4100 0252-0900 1234 567', '****4567'],
  ['\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18', '****5678'],
  ['refused: code 97, T0000001', 'refused: code 97, T0000001'],
])("somebody else's words %j are kept as %j", (text, kept) => {
  expect(withoutAccounts(text)).toBe(kept)
})

describe('an account', () => {
  test.each([
    ['6222021234567890123', '****0123'],
    ['6222 0212 3456 7890', '****7890'],
    ['1234567', '****'],
    ['', '****'],
  ])('%j is shown as %j', (account, shown) => {
    expect(maskAccount(account)).toBe(shown)
  })
})
