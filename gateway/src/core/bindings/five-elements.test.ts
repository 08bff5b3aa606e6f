import { describe, expect, test } from 'vitest'

import { accountFault, plainAccount } from './account-number.js'
import { isCitizenId } from './citizen-id.js'
import { isCreditCode } from './credit-code.js'
import { elementFault, plainElements, shownElements } from './five-elements.js'
import { isUnionMid } from './union-mid.js'

/** The example of GB 32100-2015, and the code of a company as its reports print it. */
const creditCodes = ['91350100M000100Y43', '914403001922038216']
/** The examples of GB 11643-1999. */
const citizenIds = ['11010519491231002X', '440524188001010014']
/** The examples of the IBAN registry. */
const ibans = ['GB29NWBK60161331926819', 'DE89370400440532013000', 'FR1420041010050500013M02606']

const otherLetter = (text: string, at: number, letters: string): string => {
  const now = letters.indexOf(text.charAt(at))
  return text.slice(0, at) + letters.charAt((now + 1) % letters.length) + text.slice(at + 1)
}

describe('a credit code', () => {
  test.each(creditCodes)('%s is right', (code) => {
    expect(isCreditCode(code)).toBe(true)
  })

  test('with one letter changed is wrong', () => {
    const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    for (const code of creditCodes) {
      for (let at = 0; at < code.length; at++) {
        expect(isCreditCode(otherLetter(code, at, letters))).toBe(false)
      }
    }
  })

  test.each([
    '',
    '91350100M000100Y4',
    '91350100M000100Y430',
    '91350100m000100y43',
    '9135O100M000100Y43',
  ])('%j is none', (text) => {
    expect(isCreditCode(text)).toBe(false)
  })
})

describe("a person's number", () => {
  test.each(citizenIds)('%s is right', (id) => {
    expect(isCitizenId(id)).toBe(true)
  })

  test('with one digit changed is wrong', () => {
    for (const id of citizenIds) {
      for (let at = 0; at < id.length - 1; at++) {
        expect(isCitizenId(otherLetter(id, at, '0123456789'))).toBe(false)
      }
    }
  })

  test.each([
    ['11010519490229002', 'the 29th of February of a year that had none'],
    ['11010519491331002', 'a 13th month'],
    ['11010519491200002', 'a day 0'],
  ])('%s and any check character is none: %s', (body) => {
    for (const last of '0123456789X') expect(isCitizenId(body + last)).toBe(false)
  })
})

describe('the number of an account', () => {
  test.each([...ibans, '6217000000000000123', '31001502600050001234', '12345678'])(
    '%s is right',
    (account) => {
      expect(accountFault(account)).toBeUndefined()
    },
  )

  test('is an IBAN only with its check digits', () => {
    expect(accountFault('GB29NWBK60161331926818')).toMatch(/check digits of an IBAN/)
  })

  test.each(['', '1234567', '1'.repeat(35), '1234 5678', '账号12345678'])(
    '%j is none',
    (account) => {
      expect(accountFault(account)).toMatch(/8 to 34/)
    },
  )

  test('is kept without what people put between its groups', () => {
    expect(plainAccount(' gb29 NWBK-6016 1331 9268 19 ')).toBe('GB29NWBK60161331926819')
  })
})

test.each([
  ['898440353110001', true],
  ['898440300000001', false],
  ['89844035311000', false],
  ['89844035311000A', false],
])('the MID %s of a registered binding is right: %s', (mid, isRight) => {
  expect(isUnionMid(mid)).toBe(isRight)
})

describe('the elements of a binding', () => {
  const mid = '898440353110001'
  const good = {
    creditCode: '91350100M000100Y43',
    settlementAccount: '6217000000000000123',
    placeOfDeployment: '厦门市思明区鹭江道 12 号',
  }

  test('that are right have no fault, whatever stood around them', () => {
    const given = {
      creditCode: ' 91350100m000100y43 ',
      settlementAccount: '6217 0000 0000 0000 123',
      placeOfDeployment: ` ${good.placeOfDeployment} `,
    }
    expect(plainElements(given)).toEqual(good)
    expect(elementFault(plainElements(given), mid)).toBeUndefined()
  })

  test.each([
    ['creditCode', { creditCode: '91350100M000100Y44' }, mid],
    ['settlementAccount', { settlementAccount: '123' }, mid],
    ['placeOfDeployment', { placeOfDeployment: '' }, mid],
    ['placeOfDeployment', { placeOfDeployment: '路'.repeat(201) }, mid],
    ['mid', {}, 'M1'],
  ])('name %s where it is wrong', (field, over, ofMerchant) => {
    expect(elementFault({ ...good, ...over }, ofMerchant)?.field).toBe(field)
  })

  test("show a company's code, and neither a person's number nor an account", () => {
    expect(shownElements(good)).toEqual({
      creditCode: '91350100M000100Y43',
      settlementAccount: '****0123',
    })
    expect(shownElements({ ...good, creditCode: '11010519491231002X' }).creditCode).toBe('****002X')
  })

  test.each(['', '\ud800', '9'.repeat(10_000), 'GB00', '١٢٣٤٥٦٧٨', '\u0000'.repeat(18)])(
    'never make a check throw: %j',
    (text) => {
      const given = { creditCode: text, settlementAccount: text, placeOfDeployment: text }
      expect(elementFault(plainElements(given), mid)?.field).toBe('creditCode')
      expect(shownElements(given).settlementAccount).toMatch(/^\*{4}/)
    },
  )
})
