// Vectors of the envelope and of what authenticates it: Merkle trees, signatures, MAC, session key,
// the trust in a signer list, and what a renewal signs.
import { createECDH, createHmac, hkdfSync } from 'node:crypto'
import { tillgate } from '../../generated/messages.js'
import * as broken from './breakers.mjs'
import { filled, hex, id, join, named, packed, sha256, text, unhex } from './bytes.mjs'
import { accepted, brokenFields, refused, withField } from './cases.mjs'
import { authsOf, keys, pathOf, rootOf, signedBytesOf } from './signing.mjs'

const encode = (shape) => tillgate.v1.Envelope.encode(shape).finish()
const sn = 'P300-0012345678'
const now = 1_767_225_600_000

const signature = {
  alg: 1,
  kid: named('kid', 8),
  treeSize: 5,
  index: 3,
  path: join(named('sibling 1'), named('sibling 2'), named('sibling 3')),
  signature: filled(64),
}
const mac = { sessionId: id('session'), counter: 7, tag: named('tag') }
const body = text('a body, opaque to the envelope')
const signed = { body, auth: { signature } }
const maced = { body, auth: { mac } }

export const envelope = {
  about: 'The envelope alone: parsing it proves nothing. The signatures here are filling.',
  schema: 'Envelope',
  cases: [
    accepted(encode, 'under a signature, one of five bodies', signed),
    accepted(encode, 'under a signature of its own', {
      body,
      auth: { signature: { ...signature, treeSize: 1, index: 0, path: filled(0) } },
    }),
    accepted(encode, 'under a PS256 signature of 512 bytes', {
      body,
      auth: { signature: { ...signature, alg: 3, signature: filled(512) } },
    }),
    accepted(encode, 'the largest tree', {
      body,
      auth: { signature: { ...signature, treeSize: 2 ** 20, index: 2 ** 20 - 1, path: filled(640) } },
    }),
    accepted(encode, 'under a MAC', maced),
    { description: 'without any proof', bytes: packed(encode({ body })), value: { body: hex(body), auth: null } },
    ...brokenFields({
      encode,
      base: signed,
      fields: {
        body: [['is empty', filled(0)], ['is longer than 60 KiB', filled(60 * 1024 + 1)]],
        'auth.signature.kid': broken.exact(8),
        'auth.signature.treeSize': broken.range(1, 2 ** 20),
        'auth.signature.index': [['is the tree’s size', 5]],
        'auth.signature.path': [
          ['is not whole hashes', filled(33)],
          ['is deeper than 20', filled(21 * 32)],
        ],
        'auth.signature.signature': broken.blob(64, 512),
      },
    }),
    ...[0, 4].map((alg) =>
      refused(
        `algorithm ${alg} is not known`,
        encode(withField(signed, 'auth.signature.alg', alg)),
        'UNKNOWN_SIGNER',
        'auth.signature.alg',
      ),
    ),
    ...brokenFields({
      encode,
      base: maced,
      fields: {
        'auth.mac.sessionId': broken.exact(16),
        'auth.mac.counter': broken.wide(1),
        'auth.mac.tag': broken.exact(32),
      },
    }),
    refused('nothing at all', filled(0), 'MALFORMED', 'body'),
    refused('cut off in the middle', encode(signed).slice(0, 60), 'MALFORMED', ''),
    refused('more than 62 KiB', filled(62 * 1024 + 1, 0), 'TOO_LARGE', ''),
  ],
}

const bodiesOf = (count) => Array.from({ length: count }, (_, i) => text(`body ${i}`))

const tree = (count) => {
  const bodies = bodiesOf(count)
  return {
    description: `${count} bodies`,
    bodies: bodies.map(hex),
    root: hex(rootOf(bodies)),
    paths: bodies.map((_, index) => hex(join(...pathOf(index, bodies)))),
  }
}

const seven = bodiesOf(7)
const pathIn = (index) => join(...pathOf(index, seven))

export const merkle = {
  about:
    'Merkle trees (RFC 6962 shape) and the way of each body to the root. `refusals`: proofs that no tree of that size has.',
  trees: [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17, 33].map(tree),
  refusals: [
    { description: 'index is the size', index: 7, treeSize: 7, path: hex(pathIn(6)) },
    { description: 'size is zero', index: 0, treeSize: 0, path: '' },
    { description: 'size is above 2^20', index: 0, treeSize: 2 ** 20 + 1, path: hex(filled(21 * 32)) },
    { description: 'a hash too few', index: 3, treeSize: 7, path: hex(pathIn(3).slice(0, 64)) },
    { description: 'a hash too many', index: 3, treeSize: 7, path: hex(join(pathIn(3), filled(32))) },
    { description: 'a trailing byte', index: 3, treeSize: 7, path: hex(join(pathIn(3), filled(1))) },
    { description: 'a byte too few', index: 3, treeSize: 7, path: hex(pathIn(3).slice(0, 95)) },
    { description: 'a lone body with a path', index: 0, treeSize: 1, path: hex(filled(32)) },
    { description: 'the last of seven with a path of three', index: 6, treeSize: 7, path: hex(filled(96)) },
  ].map((item) => ({ ...item, body: hex(seven[3]) })),
}

const batch = (key, purpose, count) => {
  const bodies = bodiesOf(count)
  const envelopes = authsOf(key, purpose, bodies).map((auth, i) => encode({ body: bodies[i], auth }))
  return {
    description: `${count} under ${keys[key].alg} for ${purpose}`,
    key,
    purpose,
    signedBytes: hex(signedBytesOf(key, purpose, count, rootOf(bodies))),
    envelopes: envelopes.map(hex),
  }
}

const [three] = [bodiesOf(3)]
const auths = authsOf('ordinary', 'ordinary', three)
const forged = (description, auth, over = three[1], purpose = 'ordinary') => ({
  description,
  key: 'ordinary',
  purpose,
  envelope: hex(encode({ body: over, auth })),
})
const patched = (fields) => ({ signature: { ...auths[1].signature, ...fields } })
const flipped = (bytes) => bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte))

export const signatures = {
  about:
    'Signatures over batches, with the keys of keys.json. `refusals`: envelopes that parse but whose signature must not verify under that key and purpose.',
  batches: [
    batch('ordinary', 'ordinary', 1),
    batch('ordinary', 'ordinary', 3),
    batch('destructive', 'destructive', 2),
    batch('receipt', 'receipt', 5),
    batch('device', 'device', 1),
    batch('root', 'signers', 1),
  ],
  refusals: [
    forged('another body', auths[1], text('body 9')),
    forged('another purpose', auths[1], three[1], 'destructive'),
    forged('the path of another body', patched({ path: auths[0].signature.path })),
    forged('another index', patched({ index: 0 })),
    forged('another tree size', patched({ treeSize: 4 })),
    forged('a changed signature', patched({ signature: flipped(auths[1].signature.signature) })),
    forged('a signature of zeros', patched({ signature: filled(64, 0) })),
    forged('a longer signature', patched({ signature: join(auths[1].signature.signature, filled(1)) })),
    forged('another kid', patched({ kid: unhex(keys.stranger.kid) })),
    forged(
      'signed over a kid that is not the key’s',
      authsOf('ordinary', 'ordinary', three, unhex(keys.stranger.kid))[1],
    ),
    forged('another algorithm', patched({ alg: 2 })),
    forged('a stranger’s key', authsOf('stranger', 'ordinary', three)[1]),
  ],
}

const u64 = (value) => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

const sessionKeyBytes = named('session key')
const macCase = (description, counter) => {
  const message = join(text('tillgate/1/mac\0'), id('session'), u64(counter), body)
  const tag = createHmac('sha256', sessionKeyBytes).update(message).digest()
  return {
    description,
    counter,
    macBytes: hex(message),
    tag: hex(tag),
    envelope: hex(encode({ body, auth: { mac: { sessionId: id('session'), counter, tag } } })),
  }
}
const first = macCase('the first of a session', 1)
const wrong = (description, fields, over = body) => ({
  description,
  envelope: hex(
    encode({
      body: over,
      auth: { mac: { sessionId: id('session'), counter: 1, tag: unhex(first.tag), ...fields } },
    }),
  ),
})

export const macs = {
  about: 'The session MAC. All under one key and session.',
  key: hex(sessionKeyBytes),
  sessionId: hex(id('session')),
  body: hex(body),
  cases: [
    first,
    macCase('above 32 bits', 2 ** 32 + 1),
    macCase('the last of a session', Number.MAX_SAFE_INTEGER),
  ],
  refusals: [
    wrong('another counter', { counter: 2 }),
    wrong('another session', { sessionId: id('other session') }),
    wrong('another tag', { tag: flipped(unhex(first.tag)) }),
    wrong('another body', {}, text('another body')),
  ],
}

const ecdh = (seed) => {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(seed)
  return pair
}

const sessionCase = (description, who) => {
  const [terminalSeed, gatewaySeed] = [named(`${who} terminal seed`), named(`${who} gateway seed`)]
  const [terminal, gateway] = [ecdh(terminalSeed), ecdh(gatewaySeed)]
  const agreed = terminal.computeSecret(gateway.getPublicKey())
  const helloHash = named(`${who} hello`)
  const sessionNonce = id(`${who} nonce`)
  const sessionId = id(`${who} session`)
  const info = join(text('tillgate/1/session\0'), sessionId, helloHash, text(sn))
  return {
    description,
    terminalSeed: hex(terminalSeed),
    gatewaySeed: hex(gatewaySeed),
    terminalShare: hex(terminal.getPublicKey()),
    gatewayShare: hex(gateway.getPublicKey()),
    agreed: hex(agreed),
    sn,
    sessionNonce: hex(sessionNonce),
    sessionId: hex(sessionId),
    helloHash: hex(helloHash),
    info: hex(info),
    key: hex(Buffer.from(hkdfSync('sha256', agreed, sessionNonce, info, 32))),
  }
}

export const sessionKeys = {
  about: 'Key agreement of a session. A seed is the private scalar. `refusals`: shares that agree on nothing.',
  cases: [sessionCase('one session', 'one'), sessionCase('another', 'two')],
  refusals: [
    { description: 'a point off the curve', share: hex(Uint8Array.of(4, ...named('x'), ...named('y'))) },
    { description: 'the point at infinity', share: '00' },
    { description: 'all zero', share: hex(Uint8Array.of(4, ...filled(64, 0))) },
    { description: 'too short', share: hex(Uint8Array.of(4, ...filled(63))) },
  ],
}

const year = 31_536_000_000
const signer = (name, purpose, from = now, until = now + year) => ({
  kid: unhex(keys[name].kid),
  purpose,
  alg: { ES256: 1, ED25519: 2, PS256: 3 }[keys[name].alg],
  publicKey: unhex(keys[name].spki),
  notBeforeMs: from,
  notAfterMs: until,
})

const listBody = (to, message) =>
  tillgate.v1.Downlink.encode({ version: 1, sn: to, messageId: id('list'), ...message }).finish()
const list = {
  listVersion: 3,
  issuedAtMs: now,
  signers: [
    signer('ordinary', 1),
    signer('destructive', 2),
    signer('receipt', 3, now + year, now + 2 * year),
    { ...signer('stranger', 1), alg: 200 },
  ],
}
const signedList = (key, purpose, bytes) => hex(encode({ body: bytes, auth: authsOf(key, purpose, [bytes])[0] }))
const goodBody = listBody('*', { signerList: list })
const queryBody = listBody(sn, { query: { commandId: id('command'), seq: 1 } })
const question = (description, name, purpose, timeMs, code) => ({
  description,
  kid: keys[name].kid,
  purpose,
  timeMs,
  ...(code === undefined ? { publicKey: keys[name].spki } : { error: { code, field: 'kid' } }),
})

export const signerTrust = {
  about:
    'A signer list under the offline root (keys.json: root), and whether a signer may have signed. timeMs null: clock unsure, validity is not asked.',
  envelope: signedList('root', 'signers', goodBody),
  questions: [
    question('ordinary', 'ordinary', 'ordinary', now, undefined),
    question('on its last millisecond', 'ordinary', 'ordinary', now + year, undefined),
    question('destructive, clock unsure', 'destructive', 'destructive', null, undefined),
    question('not for this purpose', 'ordinary', 'destructive', now, 'SIGNER_NOT_ALLOWED'),
    question('after its time', 'ordinary', 'ordinary', now + year + 1, 'SIGNER_NOT_ALLOWED'),
    question('before its time', 'receipt', 'receipt', now, 'SIGNER_NOT_ALLOWED'),
    question('not listed', 'device', 'ordinary', now, 'UNKNOWN_SIGNER'),
    question('listed with an unknown algorithm', 'stranger', 'ordinary', now, 'UNKNOWN_SIGNER'),
  ],
  refusals: [
    ['signed by another key', signedList('stranger', 'signers', goodBody), 'BAD_SIGNATURE', 'auth'],
    ['signed for another purpose', signedList('root', 'ordinary', goodBody), 'BAD_SIGNATURE', 'auth'],
    ['not signed', hex(encode({ body: goodBody })), 'BAD_SIGNATURE', 'auth'],
    ['under a MAC', hex(encode({ body: goodBody, auth: { mac } })), 'BAD_SIGNATURE', 'auth'],
    ['another message', signedList('root', 'signers', queryBody), 'UNKNOWN_MESSAGE', 'message'],
    ['no downlink', signedList('root', 'signers', filled(9, 0xff)), 'MALFORMED', ''],
    ['no envelope', '0a', 'MALFORMED', ''],
  ].map(([description, bytes, code, field]) => ({ description, envelope: bytes, error: { code, field } })),
}

export const renewal = {
  about: 'What the identity key in force signs in a RenewRequest.',
  csr: hex(named('csr')),
  signedBytes: hex(join(text('tillgate/1/renew\0'), sha256(named('csr')))),
}

export const topics = {
  about: 'Serial numbers and topics.',
  topics: ['down', 'up', 'state'].map((channel) => ({ topic: `tg/1/${sn}/${channel}`, sn, channel })),
  refusedTopics: [
    '', '#', 'tg/1/#', 'tg/1/+/up', 'tg/1//up', `tg/1/${sn}`, `tg/1/${sn}/`, `tg/1/${sn}/up/`,
    `tg/1/${sn}/other`, `tg/2/${sn}/up`, `/tg/1/${sn}/up`, `tg/1/${sn}/UP`, 'tg/1/*/down', `$share/g/tg/1/${sn}/up`,
    `tg/1/${'x'.repeat(51)}/up`, 'tg/1/a b/up', 'tg/1/a\u0000/up',
  ],
  serialNumbers: ['0', 'P300-0012345678', 'AZaz09._-', 'x'.repeat(50)],
  refusedSerialNumbers: ['', '*', 'a b', 'a/b', 'a+b', '#', 'é', 'a\n', 'x'.repeat(51), 'a\u0000'],
}
