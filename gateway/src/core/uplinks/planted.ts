/**
 * Card numbers in what a terminal says: never in records, logs or events. Every text of a message is looked
 * through, whatever its field, and so are those bytes that hold texts. What a terminal signed can't be
 * changed without losing its signature, so where a text has one, either the text has no consequence and is
 * marked, and the signed bytes are not kept; or the message is not taken at all.
 */
import type { UplinkMessage } from '@tillgate/protocol'
import { cardNumberMark, withoutCardNumbers } from '../masking/card-number.js'
import type { Authentic } from './context.js'

/** Bytes with texts inside: another message, a certificate request. */
const bytesWithTexts: ReadonlySet<string> = new Set(['payload', 'csr'])

const latin = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/** Of bytes that nobody has taken apart yet: for those that would be kept as they came. */
export const holdsCardNumber = (payload: Uint8Array): boolean =>
  withoutCardNumbers(latin(payload)).found > 0

const textsOf = function* (value: unknown, name: string): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [name, value]
  else if (value instanceof Uint8Array) {
    if (bytesWithTexts.has(name)) yield [name, latin(value)]
  } else if (typeof value === 'object' && value !== null) {
    // Of a list each item goes by the list's own name.
    for (const [inner, item] of Object.entries(value)) {
      yield* textsOf(item, Array.isArray(value) ? name : inner)
    }
  }
}

/** The fields in which one stands, each once. */
export const plantedIn = (message: UplinkMessage): readonly string[] => {
  const fields = new Set<string>()
  for (const [name, text] of textsOf(message, message.kind)) {
    if (withoutCardNumbers(text).found > 0) fields.add(name)
  }
  return [...fields]
}

/**
 * The message with its free text marked and without its signed bytes, where nothing follows from that text;
 * undefined where the message can't be taken.
 */
export const cleaned = (said: Authentic, fields: readonly string[]): Authentic | undefined => {
  const { message } = said.uplink
  const isFree = message.kind === 'alarm' || message.kind === 'refused'
  if (!isFree || fields.some((field) => field !== 'detail')) return undefined
  const { text } = withoutCardNumbers(message.detail)
  // A mark may be longer than what it stands for; the text stays within what the wire allows.
  const detail = text.length > message.detail.length ? cardNumberMark : text
  const marked = { ...message, detail }
  return {
    uplink: { ...said.uplink, message: marked },
    body: said.body,
    hash: said.hash,
    evidence: null,
  }
}
