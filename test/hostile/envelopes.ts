// Envelopes that are right, and what a hostile terminal does to them: to their bytes, to what
// authenticates them, and (with its own good key) to the body inside. `source` is what was right about it: by
// that, and by the bytes alone, the storm knows whether it may be taken.
import { encodeEnvelope, parseEnvelope, type MacAuth, type SignatureAuth } from '@tillgate/protocol'
import type { UplinkMessage } from '@tillgate/protocol'
import type { BareClient, Said } from '../e2e/bare-client.js'
import { bytesOf, oneOf, type Below } from './seed.js'

export interface Envelope {
  readonly bytes: Uint8Array
  readonly channel: 'up' | 'state'
}

export interface SpoiledEnvelope extends Envelope {
  readonly story: string
  /** Bodies, and tags or signatures, that were right: it may be taken only if a pair of them is in it. */
  readonly sources: readonly { readonly body: Uint8Array; readonly proof: Uint8Array }[]
}

const max = Number.MAX_SAFE_INTEGER
const nothing = new Uint8Array(0)

/** Every message that a terminal may send about a command, in values at their edges. */
const messagesOf = (below: Below): readonly UplinkMessage[] => [
  { kind: 'accepted' },
  { kind: 'progress', phase: 'RUNNING', done: below(3), total: 0xffffffff, resumed: 0 },
  {
    kind: 'ready',
    readyNonce: bytesOf(16, below),
    leaseS: 1 + below(3_600),
    areas: [],
    settled: [{ name: 'batch', records: max, amountMinor: -max, hash: undefined }],
    batchNumber: 1,
  },
  {
    kind: 'released',
    readyNonce: undefined,
    cause: 'NEVER_SEEN',
    abortSeq: oneOf([0, max], below),
  },
  { kind: 'refused', code: 1 + below(9_999), readyNonce: undefined, detail: 'x'.repeat(160) },
  { kind: 'result', code: below(3), payload: bytesOf(below(60), below), unknown: false },
  { kind: 'result', code: 9_999, payload: nothing, unknown: true },
  {
    kind: 'status',
    querySeq: oneOf([1, max], below),
    state: oneOf(['NOT_SEEN', 'DONE', 'RELEASED', 'INTERRUPTED'] as const, below),
    readyNonce: undefined,
    code: below(9_999),
    payload: bytesOf(below(40), below),
  },
]

const aboutNothing = (below: Below): readonly UplinkMessage[] => [
  { kind: 'alarm', code: 1 + below(9_998), detail: 'hostile', offendingHash: undefined },
  { kind: 'renewRequest', csr: bytesOf(200, below), proofOfOldKey: bytesOf(64, below) },
]

export interface Matter {
  readonly client: BareClient
  /** A command of its own, and one that nobody ordered. */
  readonly commandIds: readonly Uint8Array[]
}

const isEvidence = (message: UplinkMessage): boolean =>
  !['heartbeat', 'accepted', 'progress', 'refused', 'result'].includes(message.kind)

/** One right envelope, with the body that it stands for. */
export const rightEnvelope = (
  { client, commandIds }: Matter,
  below: Below,
): Envelope & { readonly body: Uint8Array } => {
  if (below(8) === 0) {
    const { nonce: sessionNonce } = client
    const will = below(4) === 0
    const message = {
      kind: 'heartbeat',
      sessionNonce,
      uptimeMs: max,
      batteryPercent: 101,
      will,
    } as const
    const body = client.body({ message })
    return { body, bytes: client.maced(body), channel: 'state' }
  }
  const isAbout = below(6) > 0
  const message = oneOf(isAbout ? messagesOf(below) : aboutNothing(below), below)
  const said: Said = isAbout
    ? { message, commandId: oneOf(commandIds, below), downlinkHash: bytesOf(32, below) }
    : { message }
  const body = client.body(said)
  const signs = isEvidence(message) || below(3) === 0
  return { body, bytes: signs ? client.signed(body) : client.maced(body), channel: 'up' }
}

const proofOf = (auth: MacAuth | SignatureAuth): Uint8Array =>
  auth.kind === 'mac' ? auth.tag : auth.signature

const opened = (bytes: Uint8Array) => {
  const parsed = parseEnvelope(bytes)
  if (!parsed.ok || parsed.value.auth === undefined) throw new Error('a right envelope is none')
  return { body: parsed.value.body, auth: parsed.value.auth }
}

type Spoil = (bytes: Buffer, below: Below) => Buffer

/** On the bytes, wherever they lie. */
export const byteSpoils: Readonly<Record<string, Spoil>> = {
  'a bit flipped': (bytes, below) => {
    const at = below(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8))
    return bytes
  },
  'cut short': (bytes, below) => bytes.subarray(0, below(bytes.length)),
  'a hole': (bytes, below) => {
    const at = below(bytes.length)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(8))])
  },
  'bytes put in': (bytes, below) => {
    const at = below(bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, at), bytesOf(1 + below(8), below), bytes.subarray(at)])
  },
  'said twice': (bytes) => Buffer.concat([bytes, bytes]),
  'an unknown field': (bytes, below) =>
    Buffer.concat([bytes, Buffer.from([0x7a, 0x7f]), bytesOf(0x7f, below)]),
  'groups without an end': (bytes, below) =>
    Buffer.concat([bytes, Buffer.alloc(1 + below(2_000), 0x0b)]),
  'a huge length': (bytes) => Buffer.concat([bytes, Buffer.from('0affffffff0f', 'hex')]),
  'a number in ten bytes': (bytes) =>
    Buffer.concat([bytes, Buffer.from('08ffffffffffffffffff01', 'hex')]),
  'as long as it may be, and longer': (bytes, below) => {
    const padding = oneOf([60, 61, 62, 63], below) * 1_024
    const length = Buffer.from([
      0x80 | (padding & 0x7f),
      0x80 | ((padding >> 7) & 0x7f),
      padding >> 14,
    ])
    return Buffer.concat([bytes, Buffer.from([0x7a]), length, Buffer.alloc(padding)])
  },
}

const numbers = [0, 1, 2, 0x7fffffff, 0xffffffff, max] as const

const spoiltMac = (auth: MacAuth, below: Below): MacAuth => {
  const field = below(3)
  if (field === 0) {
    const others = numbers.filter((number) => number > 0 && number !== auth.counter)
    return { ...auth, counter: oneOf(others, below) }
  }
  if (field === 1) return { ...auth, sessionId: bytesOf(16, below) }
  return { ...auth, tag: bytesOf(32, below) }
}

const spoiltSignature = (auth: SignatureAuth, below: Below): SignatureAuth => {
  const field = below(5)
  if (field === 0) return { ...auth, alg: oneOf(['ED25519', 'PS256'] as const, below) }
  if (field === 1) return { ...auth, kid: bytesOf(8, below) }
  if (field === 2) return { ...auth, treeSize: 2 + below(1_000), index: below(2) }
  if (field === 3) return { ...auth, treeSize: 2, path: bytesOf(32 * (1 + below(20)), below) }
  return { ...auth, signature: bytesOf(oneOf([64, 70, 71, 512], below), below) }
}

const byteNames = Object.entries(byteSpoils)

/** A right envelope, its bytes or its authentication spoiled: whatever comes of it was not said. */
export const spoiledEnvelope = (matter: Matter, below: Below): SpoiledEnvelope => {
  const right = rightEnvelope(matter, below)
  const { body, auth } = opened(right.bytes)
  const sources = [{ body, proof: proofOf(auth) }]
  const kind = below(4)
  if (kind === 0) {
    const spoilt = auth.kind === 'mac' ? spoiltMac(auth, below) : spoiltSignature(auth, below)
    const bytes = encodeEnvelope({ body, auth: spoilt })
    // Only what it was authenticated with counts, not what lies beside it.
    return { ...right, bytes, story: `its ${auth.kind} spoiled`, sources: [] }
  }
  if (kind === 1) {
    const other = opened(rightEnvelope(matter, below).bytes)
    const bytes = encodeEnvelope({ body, auth: other.auth })
    return { ...right, bytes, story: 'authenticated as another', sources: [] }
  }
  const [name, spoil] = oneOf(byteNames, below)
  return { ...right, bytes: spoil(Buffer.from(right.bytes), below), story: name, sources }
}

/** The body spoiled, and signed as it then is: by a terminal that lies with its own key. */
export const lyingEnvelope = (
  { client }: Matter,
  right: Envelope,
  below: Below,
): SpoiledEnvelope => {
  const { body, auth } = opened(right.bytes)
  const [name, spoil] = oneOf(byteNames, below)
  const spoilt = spoil(Buffer.from(body), below).subarray(0, 60 * 1_024)
  const lie = spoilt.length === 0 ? Buffer.from([0]) : spoilt
  const bytes = auth.kind === 'mac' ? client.maced(lie) : client.signed(lie)
  const proof = proofOf(opened(bytes).auth)
  return { ...right, bytes, story: `signed: ${name}`, sources: [{ body: lie, proof }] }
}

/** Whether the bytes hold a body and its proof, both as they were made. */
export const mayBeTaken = ({ bytes, sources }: SpoiledEnvelope): boolean => {
  const whole = Buffer.from(bytes)
  const holds = (part: Uint8Array): boolean => whole.includes(Buffer.from(part))
  return sources.some(({ body, proof }) => holds(body) && holds(proof))
}
