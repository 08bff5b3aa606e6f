/** The text of bytes that `utf8` made: there is no TextDecoder here. */
const percent = (byte: number): string => `%${byte.toString(16).padStart(2, '0')}`

export const textOf = (bytes: Uint8Array): string =>
  decodeURIComponent(Array.from(bytes, percent).join(''))
