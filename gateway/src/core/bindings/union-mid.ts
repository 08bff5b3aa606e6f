/**
 * 商户编码 as UnionPay's network writes it: 15 digits, acquirer 3, area 4, merchant category 4 (ISO 18245), its
 * own number 4. There is no check digit.
 */
const form = /^\d{3}\d{4}(\d{4})\d{4}$/
const noCategory = '0000'

export const isUnionMid = (mid: string): boolean => {
  const found = form.exec(mid)
  return found !== null && found[1] !== noCategory
}
