// Reads the fields of a decoded protobuf message and remembers the first rule that was broken.
// Every reading method gives a value of the right type even after a refusal, so that a message's
// file stays a plain list of its fields; nothing but `outcome` may hand such a value out.
// Protobuf knows no lengths, no charsets and no ranges; this is where they are held.
import { copyBytes, noBytes, utf8Length } from '../bytes.js'
import type { ErrorCode } from '../catalogue/catalogue.js'
import { accept, refuse, type Parsed, type Refusal } from '../parsed.js'

/** False while a value is only checked, on its way into an encoder: then nothing of it is kept. */
let keeps = true

/** Runs `check` without copying what it reads. Its result must not be used but for the refusal. */
export const onlyChecking = <T>(check: () => T): T => {
  keeps = false
  try {
    return check()
  } finally {
    keeps = true
  }
}

const kept = (bytes: Uint8Array): Uint8Array => (keeps ? copyBytes(bytes) : bytes)

interface Sink {
  refusal: Refusal | undefined
}

/** A text's rule. Lengths are characters for patterns (all ASCII), bytes for UTF-8. */
export interface TextRule {
  readonly min: number
  readonly max: number
  readonly pattern: RegExp
  readonly rule: string
}

/** 64-bit fields come as a number or as a pair of 32-bit halves, whichever protobufjs has at hand. */
type WireNumber = number | { readonly low: number; readonly high: number } | null | undefined

const toNumber = (value: WireNumber, signed: boolean): number => {
  if (value === null || value === undefined) return 0
  if (typeof value === 'number') return value
  const high = signed ? value.high | 0 : value.high >>> 0
  return high * 0x100000000 + (value.low >>> 0)
}

export class FieldReader {
  readonly #path: string
  readonly #sink: Sink

  constructor(path = '', sink: Sink = { refusal: undefined }) {
    this.#path = path
    this.#sink = sink
  }

  get refused(): boolean {
    return this.#sink.refusal !== undefined
  }

  /** The value if nothing was refused, else the first refusal. */
  outcome<T>(value: T): Parsed<T> {
    return this.#sink.refusal ?? accept(value)
  }

  refuse(field: string, rule: string, code: ErrorCode = 'MALFORMED'): void {
    this.#sink.refusal ??= refuse(code, this.#path + field, rule)
  }

  within(field: string): FieldReader {
    return new FieldReader(`${this.#path}${field}.`, this.#sink)
  }

  /** Exactly so many bytes. */
  bytes(field: string, value: Uint8Array | null | undefined, length: number): Uint8Array {
    const bytes = value ?? noBytes
    if (bytes.length !== length) this.refuse(field, `must have ${String(length)} bytes`)
    return kept(bytes)
  }

  /** Exactly so many bytes, or none at all. */
  bytesOrNone(
    field: string,
    value: Uint8Array | null | undefined,
    length: number,
  ): Uint8Array | undefined {
    const bytes = value ?? noBytes
    if (bytes.length === 0) return undefined
    if (bytes.length !== length) this.refuse(field, `must have ${String(length)} bytes or be empty`)
    return kept(bytes)
  }

  blob(
    field: string,
    value: Uint8Array | null | undefined,
    { min, max }: { readonly min: number; readonly max: number },
  ): Uint8Array {
    const bytes = value ?? noBytes
    if (bytes.length < min || bytes.length > max) {
      this.refuse(field, `must have ${String(min)} to ${String(max)} bytes`)
      return noBytes
    }
    return kept(bytes)
  }

  blobOrNone(
    field: string,
    value: Uint8Array | null | undefined,
    max: number,
  ): Uint8Array | undefined {
    const bytes = this.blob(field, value, { min: 0, max })
    return bytes.length === 0 ? undefined : bytes
  }

  /** A whole number; what does not fit in 2^53 - 1 is refused, never rounded. */
  uint(field: string, value: WireNumber, min: number, max: number): number {
    const number = toNumber(value, false)
    if (!Number.isSafeInteger(number) || number < min || number > max) {
      this.refuse(field, `must be a whole number from ${String(min)} to ${String(max)}`)
    }
    return number
  }

  int(field: string, value: WireNumber): number {
    const number = toNumber(value, true)
    if (!Number.isSafeInteger(number)) {
      this.refuse(field, 'must be a whole number within plus or minus 2^53 - 1')
    }
    return number
  }

  flag(field: string, value: boolean | null | undefined): boolean {
    const flag = value ?? false
    if (typeof flag !== 'boolean') this.refuse(field, 'must be true or false')
    return flag
  }

  text(field: string, value: string | null | undefined, rule: TextRule): string {
    const text = value ?? ''
    const length = utf8Length(text)
    if (
      length === undefined ||
      length < rule.min ||
      length > rule.max ||
      !rule.pattern.test(text)
    ) {
      this.refuse(field, rule.rule)
    }
    return text
  }

  /** One of the names of a table of wire numbers; zero and unknown numbers are refused. */
  name<N extends string>(
    field: string,
    value: number | null | undefined,
    table: Readonly<Record<N, number>>,
  ): N {
    const names = Object.keys(table) as N[]
    const found = names.find((name) => table[name] === value)
    if (found !== undefined) return found
    this.refuse(field, `must be one of the known values`)
    return names[0] as N
  }

  list<From, T>(
    field: string,
    values: readonly From[] | null | undefined,
    max: number,
    read: (value: From, fields: FieldReader, index: number) => T,
  ): readonly T[] {
    const all = values ?? []
    if (all.length > max) {
      this.refuse(field, `must have at most ${String(max)} entries`)
      return []
    }
    return all.map((value, index) => read(value, this.within(`${field}[${String(index)}]`), index))
  }
}
