/**
 * What a content is, by its own bytes: PDF (ISO 32000-2 §7.5.2 and §7.5.5), PNG (ISO/IEC 15948 §5.2, §11.2.5),
 * JPEG (ITU-T T.81 §B.1.1.3). Beginning and end are looked at, no more: nothing is rendered here.
 */
export const mediaTypes = ['application/pdf', 'image/png', 'image/jpeg'] as const
export type MediaType = (typeof mediaTypes)[number]
export const isMediaType = (text: string): text is MediaType =>
  (mediaTypes as readonly string[]).includes(text)

interface Mark {
  readonly begins: readonly number[]
  readonly ends: readonly number[]
  /** How far before the end of the content `ends` may begin. */
  readonly endWithinBytes: number
  /** In words, for a refusal. */
  readonly rule: string
}

const marks: Readonly<Record<MediaType, Mark>> = {
  'application/pdf': {
    begins: [0x25, 0x50, 0x44, 0x46, 0x2d],
    ends: [0x25, 0x25, 0x45, 0x4f, 0x46],
    endWithinBytes: 1_024,
    rule: 'a PDF begins with %PDF- and has %%EOF at its end (ISO 32000-2 §7.5)',
  },
  'image/png': {
    begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52],
    ends: [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82],
    endWithinBytes: 8,
    rule: 'a PNG begins with its signature and IHDR and ends with IEND (ISO/IEC 15948 §5)',
  },
  'image/jpeg': {
    begins: [0xff, 0xd8, 0xff],
    ends: [0xff, 0xd9],
    endWithinBytes: 2,
    rule: 'a JPEG begins with SOI and ends with EOI (ITU-T T.81 §B.1.1.3)',
  },
}

const standsAt = (content: Uint8Array, at: number, wanted: readonly number[]): boolean =>
  at >= 0 && wanted.every((byte, place) => content[at + place] === byte)

const endsAs = (content: Uint8Array, { ends, endWithinBytes }: Mark): boolean => {
  const first = Math.max(0, content.length - endWithinBytes)
  for (let at = content.length - ends.length; at >= first; at--) {
    if (standsAt(content, at, ends)) return true
  }
  return false
}

export type TypeCheck = { readonly ok: true } | { readonly ok: false; readonly rule: string }

export const checkType = (mediaType: MediaType, content: Uint8Array): TypeCheck => {
  const mark = marks[mediaType]
  return standsAt(content, 0, mark.begins) && endsAs(content, mark)
    ? { ok: true }
    : { ok: false, rule: mark.rule }
}
