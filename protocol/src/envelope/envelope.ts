// The envelope: a body as sent, and what authenticates it. Parsing it proves nothing; see
// signature.ts and mac.ts. README.md §1 and §4.
import { tillgate } from '#generated'
import { checkEncodable, checkLength, decodeWith } from '../codec/bodies.js'
import { FieldReader } from '../codec/fields.js'
import { algorithmByNumber, algorithmNumbers, type AlgorithmName } from '../crypto/primitives.js'
import { wireLimits } from '../limits.js'
import type { Parsed } from '../parsed.js'
import { writeEnvelope } from './write-envelope.js'

export interface SignatureAuth {
  readonly kind: 'signature'
  readonly alg: AlgorithmName
  readonly kid: Uint8Array
  /** Leaves of the Merkle tree, at least 1. */
  readonly treeSize: number
  readonly index: number
  /** Sibling hashes from leaf to root, 32 bytes each, concatenated. */
  readonly path: Uint8Array
  readonly signature: Uint8Array
}

export interface MacAuth {
  readonly kind: 'mac'
  readonly sessionId: Uint8Array
  /** Strictly rising in a session, from 1. */
  readonly counter: number
  readonly tag: Uint8Array
}

export interface Envelope {
  readonly body: Uint8Array
  readonly auth: SignatureAuth | MacAuth | undefined
}

const pathBytesMax = wireLimits.merkleDepthMax * wireLimits.hashBytes

const readSignature = (
  from: tillgate.v1.Signature.$Properties,
  fields: FieldReader,
): SignatureAuth => {
  const alg = algorithmByNumber(from.alg ?? 0)
  if (alg === undefined) fields.refuse('alg', 'must be a known algorithm', 'UNKNOWN_SIGNER')
  const treeSize = fields.uint('treeSize', from.treeSize, 1, wireLimits.treeSizeMax)
  const index = fields.uint('index', from.index, 0, wireLimits.treeSizeMax)
  if (index >= treeSize) fields.refuse('index', 'must be below treeSize')
  const path = fields.blob('path', from.path, { min: 0, max: pathBytesMax })
  if (path.length % wireLimits.hashBytes !== 0) {
    fields.refuse('path', 'must be whole hashes of 32 bytes')
  }
  return {
    kind: 'signature',
    alg: alg ?? 'ES256',
    kid: fields.bytes('kid', from.kid, wireLimits.kidBytes),
    treeSize,
    index,
    path,
    signature: fields.blob('signature', from.signature, {
      min: wireLimits.signatureBytesMin,
      max: wireLimits.signatureBytesMax,
    }),
  }
}

const readMac = (from: tillgate.v1.Mac.$Properties, fields: FieldReader): MacAuth => ({
  kind: 'mac',
  sessionId: fields.bytes('sessionId', from.sessionId, wireLimits.idBytes),
  counter: fields.uint('counter', from.counter, 1, wireLimits.sequenceMax),
  tag: fields.bytes('tag', from.tag, wireLimits.macTagBytes),
})

const readAuth = (
  auth: tillgate.v1.Auth.$Properties | null | undefined,
  fields: FieldReader,
): Envelope['auth'] => {
  if (auth?.signature) return readSignature(auth.signature, fields.within('auth.signature'))
  if (auth?.mac) return readMac(auth.mac, fields.within('auth.mac'))
  return undefined
}

const read = (from: tillgate.v1.Envelope.$Properties): Parsed<Envelope> => {
  const fields = new FieldReader()
  const body = fields.blob('body', from.body, { min: 1, max: wireLimits.bodyBytesMax })
  return fields.outcome({ body, auth: readAuth(from.auth, fields) })
}

/** Not a spread with a field set anew, which costs V8 twenty times as much. */
const writeSignature = (auth: SignatureAuth): tillgate.v1.Signature.$Properties => ({
  alg: algorithmNumbers[auth.alg],
  kid: auth.kid,
  treeSize: auth.treeSize,
  index: auth.index,
  path: auth.path,
  signature: auth.signature,
})

const writeAuth = (auth: SignatureAuth | MacAuth): tillgate.v1.Auth.$Properties => {
  switch (auth.kind) {
    case 'signature':
      return { signature: writeSignature(auth) }
    case 'mac':
      return { mac: auth }
    default:
      return auth satisfies never
  }
}

const asShape = ({ body, auth }: Envelope): tillgate.v1.Envelope.$Properties =>
  auth === undefined ? { body } : { body, auth: writeAuth(auth) }

export const parseEnvelope = (bytes: Uint8Array): Parsed<Envelope> =>
  decodeWith(bytes, tillgate.v1.Envelope, read, wireLimits.envelopeBytesMax)

/** Throws where parsing would refuse: what this side sends, the other side must be able to parse. */
export const encodeEnvelope = (envelope: Envelope): Uint8Array => {
  checkEncodable(read, asShape(envelope))
  const bytes = writeEnvelope(envelope)
  checkLength(bytes, wireLimits.envelopeBytesMax)
  return bytes
}
