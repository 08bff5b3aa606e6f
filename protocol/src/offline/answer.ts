// OfflineAnswer: what is carried back to a terminal that showed an OfflineReady. Parsing it proves
// nothing: each half is an envelope with a signature of its own. README.md §9a.
import { tillgate } from '#generated'
import { decodeWith, encodeWith } from '../codec/bodies.js'
import { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import type { Parsed } from '../parsed.js'

export interface OfflineAnswer {
  /** Envelope of the Unbind, and of the Proceed over it. */
  readonly command: Uint8Array
  readonly proceed: Uint8Array
}

const bytesMax = wireLimits.framesMax * wireLimits.frameBytesMax

const read = (from: tillgate.v1.OfflineAnswer.$Properties): Parsed<OfflineAnswer> => {
  const fields = new FieldReader()
  const size = { min: 1, max: bytesMax }
  return fields.outcome({
    command: fields.blob('command', from.command, size),
    proceed: fields.blob('proceed', from.proceed, size),
  })
}

export const parseOfflineAnswer = (bytes: Uint8Array): Parsed<OfflineAnswer> =>
  decodeWith(bytes, tillgate.v1.OfflineAnswer, read, bytesMax)

export const encodeOfflineAnswer = ({ command, proceed }: OfflineAnswer): Uint8Array =>
  encodeWith(tillgate.v1.OfflineAnswer, read, { command, proceed }, bytesMax)
