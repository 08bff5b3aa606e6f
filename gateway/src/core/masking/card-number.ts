/**
 * Finds what may be a card number in a text: 13 to 19 digits (ISO/IEC 7812-1) that begin as an issuer's do
 * and whose check digit is right (Luhn), with spaces, hyphens, dots or nothing between them, in any script's
 * digits that NFKC folds. A false find costs a mark in a text; a missed one costs a breach.
 */
const digitsMin = 13
const digitsMax = 19

/** What stands in the place of each. */
export const cardNumberMark = '[card number removed]'

/** Runs of digits with at most two of what people put between groups; letters of no width are such, too. */
const runs = /\d(?:[\s\-.\u00ad\u200b-\u200d\u2010-\u2015\u2060\ufeff]{0,2}\d){12,}/gu

/** How numbers of cards begin (ISO/IEC 7812-1 issuers in use); a date and time written together does not. */
const issuers = /^(?:[34569]|81|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720))/

const passesLuhn = (digits: string): boolean => {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** All of one digit, as fillers are, is no card's number. */
const isPlain = (digits: string): boolean => /^(\d)\1+$/.test(digits)

const isCard = (digits: string): boolean =>
  digits.length >= digitsMin &&
  digits.length <= digitsMax &&
  issuers.test(digits) &&
  !isPlain(digits) &&
  passesLuhn(digits)

/** A longer run may hide one anywhere. */
const hidesInside = (digits: string): boolean => {
  for (let from = 0; from + digitsMin <= digits.length; from++) {
    for (let length = digitsMin; length <= digitsMax; length++) {
      if (isCard(digits.slice(from, from + length))) return true
    }
  }
  return false
}

/** Each stretch of whole groups: behind a number a month or a check value may stand. */
const hidesOne = (run: string): boolean => {
  const groups = run.split(/\D+/)
  for (let first = 0; first < groups.length; first++) {
    let digits = ''
    for (const group of groups.slice(first)) {
      digits += group
      if (isCard(digits)) return true
      if (digits.length > digitsMax) break
    }
  }
  return groups.some((group) => group.length > digitsMax && hidesInside(group))
}

export interface Cleaned {
  readonly text: string
  /** How many runs of digits were taken out. */
  readonly found: number
}

/**
 * The text without what may be a card number; the same text where there is none. Of a run that is longer
 * than a card number and hides one the whole run goes: which part of it is the number can't be known.
 */
export const withoutCardNumbers = (text: string): Cleaned => {
  const folded = text.normalize('NFKC')
  let found = 0
  const cleaned = folded.replaceAll(runs, (run) => {
    if (!hidesOne(run)) return run
    found += 1
    return cardNumberMark
  })
  return found === 0 ? { text, found } : { text: cleaned, found }
}
