/**
 * The number of a settlement account: 8 to 34 letters and digits. What looks like an IBAN has its check
 * digits (ISO 13616-1, 5 and 6; ISO 7064, MOD 97-10); a bank's own number has none that are public.
 */
const form = /^[0-9A-Z]{8,34}$/
const ibanForm = /^[A-Z]{2}\d{2}[0-9A-Z]{4,30}$/

/** Digit by digit, since the number itself is longer than any number here. */
const hasCheckDigits = (iban: string): boolean => {
  let remainder = 0
  for (const letter of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(letter, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

/** As it is kept: without the spaces and hyphens that people put in, letters large. */
export const plainAccount = (text: string): string => text.replaceAll(/[\s-]/gu, '').toUpperCase()

/** The rule that it breaks; undefined where it is right. `account` is plain. */
export const accountFault = (account: string): string | undefined => {
  if (!form.test(account)) return 'must be 8 to 34 letters and digits'
  if (ibanForm.test(account) && !hasCheckDigits(account)) {
    return 'must have the check digits of an IBAN (ISO 13616)'
  }
  return undefined
}
