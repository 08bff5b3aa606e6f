/**
 * A reader of DER (X.690), as strict as a certificate request from a stranger deserves: definite,
 * shortest lengths, nothing behind the end. It cuts the received bytes and never re-encodes: what is
 * verified is what was sent. It knows structure only; meaning is the caller's.
 */

export interface DerValue {
  readonly tag: number
  readonly content: Uint8Array
  /** Tag, length and content, as received. */
  readonly whole: Uint8Array
}

export const derTag = {
  integer: 0x02,
  bitString: 0x03,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  printableString: 0x13,
  ia5String: 0x16,
  attributes: 0xa0,
} as const

const longForm = 0x80
const lengthBytesMax = 3

interface Header {
  readonly tag: number
  readonly start: number
  readonly end: number
}

const readLength = (
  bytes: Uint8Array,
  at: number,
): { length: number; next: number } | undefined => {
  const first = bytes[at]
  if (first === undefined) return undefined
  if (first < longForm) return { length: first, next: at + 1 }
  const count = first - longForm
  if (count === 0 || count > lengthBytesMax || at + 1 + count > bytes.length) return undefined
  let length = 0
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[at + 1 + i] ?? 0)
  // DER: the shortest form, or it is refused.
  const shortest = length >= longForm && length >= 256 ** (count - 1)
  return shortest ? { length, next: at + 1 + count } : undefined
}

const readHeader = (bytes: Uint8Array, at: number): Header | undefined => {
  const tag = bytes[at]
  // A tag number above 30 takes more bytes; nothing that is read here has one.
  if (tag === undefined || (tag & 0x1f) === 0x1f) return undefined
  const length = readLength(bytes, at + 1)
  if (length === undefined) return undefined
  const end = length.next + length.length
  return end > bytes.length ? undefined : { tag, start: length.next, end }
}

/** The values that lie one behind the other; undefined where the bytes don't end with one. */
export const derValues = (bytes: Uint8Array): readonly DerValue[] | undefined => {
  const values: DerValue[] = []
  for (let at = 0; at < bytes.length;) {
    const header = readHeader(bytes, at)
    if (header === undefined) return undefined
    values.push({
      tag: header.tag,
      content: bytes.subarray(header.start, header.end),
      whole: bytes.subarray(at, header.end),
    })
    at = header.end
  }
  return values
}

/** The one value that these bytes are. */
export const derValue = (bytes: Uint8Array, tag: number): DerValue | undefined => {
  const values = derValues(bytes)
  const [value] = values ?? []
  return values?.length === 1 && value?.tag === tag ? value : undefined
}

/** What a value of this tag contains. */
export const derParts = (
  value: DerValue | undefined,
  tag: number,
): readonly DerValue[] | undefined => (value?.tag === tag ? derValues(value.content) : undefined)

/** A BIT STRING of whole bytes. */
export const derBits = (value: DerValue | undefined): Uint8Array | undefined =>
  value?.tag === derTag.bitString && value.content[0] === 0 ? value.content.subarray(1) : undefined

export const derOid = (value: DerValue | undefined): string | undefined =>
  value?.tag === derTag.oid ? Buffer.from(value.content).toString('hex') : undefined
