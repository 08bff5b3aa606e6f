/**
 * Reads a JSON object of text fields, each once and against a rule. A field that breaks its rule
 * ends the reading and is named; a value of another type than text is such a field.
 */
export interface FieldReader {
  text(name: string, pattern: RegExp): string
  /** 1 to `max` characters of A-Z a-z 0-9 . _ - */
  token(name: string, max: number): string
  number(name: string, pattern: RegExp, min: number, max: number): number
  optionalText(name: string, pattern: RegExp): string | undefined
  refuse(name: string): never
}

/** Carries the field's name out of the reader; caught in `checkFields` and nowhere else. */
class FieldRefused extends Error {
  readonly field: string

  constructor(field: string) {
    super(`field ${field}`)
    this.field = field
  }
}

export type CheckedFields<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false
      readonly field: string
      /** The text fields that there were, unchecked. */
      readonly fields: Readonly<Record<string, string | undefined>>
    }

const tokenPattern = /^[A-Za-z0-9._-]+$/

const decoder = new TextDecoder('utf-8', { fatal: true })

const textFields = (message: Uint8Array): Map<string, string> | undefined => {
  let value: unknown
  try {
    value = JSON.parse(decoder.decode(message))
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const fields = new Map<string, string>()
  for (const [name, field] of Object.entries(value)) {
    if (typeof field === 'string') fields.set(name, field)
  }
  return fields
}

const readerOf = (fields: ReadonlyMap<string, string>): FieldReader => {
  const refuse = (name: string): never => {
    throw new FieldRefused(name)
  }
  const text = (name: string, pattern: RegExp): string => {
    const value = fields.get(name)
    return value !== undefined && pattern.test(value) ? value : refuse(name)
  }
  return {
    refuse,
    text,
    token: (name, max) => {
      const value = text(name, tokenPattern)
      return value.length <= max ? value : refuse(name)
    },
    number: (name, pattern, min, max) => {
      const value = Number(text(name, pattern))
      return Number.isSafeInteger(value) && value >= min && value <= max ? value : refuse(name)
    },
    optionalText: (name, pattern) => (fields.has(name) ? text(name, pattern) : undefined),
  }
}

export const checkFields = <T>(
  message: Uint8Array,
  read: (fields: FieldReader) => T,
): CheckedFields<T> => {
  const fields = textFields(message)
  if (fields === undefined) return { ok: false, field: 'message', fields: {} }
  try {
    return { ok: true, value: read(readerOf(fields)) }
  } catch (error) {
    if (!(error instanceof FieldRefused)) throw error
    return { ok: false, field: error.field, fields: Object.fromEntries(fields) }
  }
}
