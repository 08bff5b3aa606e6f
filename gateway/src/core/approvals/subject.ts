/**
 * What is approved, frozen: one text for one meaning, and its SHA-256 is what people vote on. Members sorted
 * by name, no spaces, whatever is not ASCII as \uXXXX, targets sorted by serial number; numbers are whole. One
 * terminal more, another epoch, a later end: another hash.
 */
import { ascii, uuidToText } from '@tillgate/protocol'

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

export interface SubjectTarget {
  readonly sn: string
  readonly bindingUuid: Uint8Array
  readonly bindingEpoch: number
}

export interface Subject {
  /** As the API names it: `Unbind`. */
  readonly command: string
  readonly parameters: Readonly<Record<string, Json>>
  readonly targets: readonly SubjectTarget[]
  readonly notAfterMs: number
  /** Null: the brake as it is. */
  readonly brakeCap: number | null
}

const escaped = (text: string): string =>
  JSON.stringify(text).replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const canonical = (value: Json): string => {
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError('a subject has whole numbers')
    return String(value)
  }
  if (typeof value === 'boolean' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.entries(value as Readonly<Record<string, Json>>)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${escaped(name)}:${canonical(member)}`)
  return `{${members.join(',')}}`
}

/** The parameters of a frozen subject, as they were asked for; undefined where it has none. */
export const subjectParameters = (subject: Uint8Array): unknown => {
  const text = Array.from(subject, (unit) => String.fromCharCode(unit)).join('')
  try {
    return (JSON.parse(text) as { readonly parameters?: unknown }).parameters
  } catch {
    return undefined
  }
}

/** Canonical JSON in ASCII. Throws RangeError for a number that is not whole: parse before. */
export const subjectBytes = (subject: Subject): Uint8Array =>
  ascii(
    canonical({
      command: subject.command,
      parameters: subject.parameters,
      notAfterMs: subject.notAfterMs,
      brakeCap: subject.brakeCap,
      targets: subject.targets
        .map(({ sn, bindingUuid, bindingEpoch }) => ({
          sn,
          binding: uuidToText(bindingUuid),
          epoch: bindingEpoch,
        }))
        .sort((a, b) => (a.sn < b.sn ? -1 : 1)),
    }),
  )
