/**
 * 统一社会信用代码, the unified social credit code of a legal entity: 18 characters, of which the last is the
 * check character (GB 32100-2015, 4 and annex A: modulus 31, weights 3^(i-1)).
 */
const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const modulus = letters.length

/** Registering office, category, six digits of an area, nine of the entity, the check character. */
const form = new RegExp(`^[${letters}]{2}\\d{6}[${letters}]{10}$`)

const checkCharacter = (body: string): string => {
  let sum = 0
  let weight = 1
  for (const letter of body) {
    sum += letters.indexOf(letter) * weight
    weight = (weight * 3) % modulus
  }
  return letters.charAt((modulus - (sum % modulus)) % modulus)
}

export const isCreditCode = (text: string): boolean =>
  form.test(text) && text.endsWith(checkCharacter(text.slice(0, -1)))
