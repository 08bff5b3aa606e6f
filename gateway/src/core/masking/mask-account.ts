/**
 * A settlement account as people may see it: its last four letters. Not the first six as well: those name a
 * card's issuer and leave so few digits of a short account number that it could be tried out; four are
 * enough to tell two accounts of one merchant apart, and what Chinese payment slips show.
 */
const shownLength = 4
/** Of anything shorter, not even those: they would be most of it. */
const lengthMin = 8

export const maskAccount = (account: string): string => {
  const letters = Array.from(account.replaceAll(/[\s-]/gu, ''))
  const shown = letters.length < lengthMin ? '' : letters.slice(-shownLength).join('')
  return `****${shown}`
}
