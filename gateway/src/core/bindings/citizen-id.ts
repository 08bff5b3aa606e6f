/**
 * 公民身份号码: what stands for a credit code where the merchant is a person (小微商户). 17 digits, of which eight
 * are the birthday, and a check character (GB 11643-1999; ISO 7064, MOD 11-2). It is personal data.
 */
const form = /^[1-9]\d{5}(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/
const checkLetters = '10X98765432'
const modulus = 11

const checkCharacter = (body: string): string => {
  let remainder = 0
  for (const digit of body) remainder = ((remainder + Number(digit)) * 2) % modulus
  return checkLetters.charAt(remainder)
}

const daysIn = (year: number, month: number): number => {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

export const isCitizenId = (text: string): boolean => {
  const found = form.exec(text)
  if (found === null) return false
  const [year = 0, month = 0, day = 0] = found.slice(1).map(Number)
  const isDay = year >= 1800 && day >= 1 && day <= daysIn(year, month)
  return isDay && text.endsWith(checkCharacter(text.slice(0, -1)))
}
