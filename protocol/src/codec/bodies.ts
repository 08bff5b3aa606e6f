// Between bytes and the generated protobuf shapes: the one place that calls protobufjs. Its
// exceptions end here and become MALFORMED; what it gives back is read field by field elsewhere.
import { copyBytes } from '../bytes.js'
import { wireLimits } from '../limits.js'
import { refuse, type Parsed } from '../parsed.js'
import { onlyChecking } from './fields.js'

export const protocolVersion = 1

interface Codec<Shape> {
  encode(message: Shape): { finish(): Uint8Array }
  decode(reader: Uint8Array): Shape
}

/** A plain view: protobufjs would read a Node Buffer through another class, with other rules. */
const plainView = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)

export const decodeWith = <Shape, T>(
  bytes: Uint8Array,
  codec: Codec<Shape>,
  read: (shape: Shape) => Parsed<T>,
  bytesMax: number = wireLimits.bodyBytesMax,
): Parsed<T> => {
  if (bytes.length > bytesMax)
    return refuse('TOO_LARGE', '', `must have at most ${String(bytesMax)} bytes`)
  let shape: Shape
  try {
    shape = codec.decode(plainView(bytes))
  } catch {
    return refuse('MALFORMED', '', 'must be the protobuf encoding of its schema')
  }
  return read(shape)
}

/** Throws where `read` would refuse: what this side sends, the other side must be able to parse. */
export const checkEncodable = <Shape>(
  read: (shape: Shape) => Parsed<unknown>,
  shape: Shape,
): void => {
  const checked = onlyChecking(() => read(shape))
  if (!checked.ok) throw new Error(`encode: ${checked.code}: ${checked.field}: ${checked.rule}`)
}

export const checkLength = (bytes: Uint8Array, bytesMax: number): void => {
  if (bytes.length > bytesMax)
    throw new Error(`encode: TOO_LARGE: more than ${String(bytesMax)} bytes`)
}

export const encodeWith = <Shape>(
  codec: Codec<Shape>,
  read: (shape: Shape) => Parsed<unknown>,
  shape: Shape,
  bytesMax: number = wireLimits.bodyBytesMax,
): Uint8Array => {
  checkEncodable(read, shape)
  const bytes = copyBytes(codec.encode(shape).finish())
  checkLength(bytes, bytesMax)
  return bytes
}
