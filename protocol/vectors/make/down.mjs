// Vectors of the messages that go down.
import { tillgate } from '../../generated/messages.js'
import { filled, id, named } from './bytes.mjs'
import * as broken from './breakers.mjs'
import { accepted, brokenFields, refused } from './cases.mjs'

const encode = (shape) => tillgate.v1.Downlink.encode(shape).finish()
const sn = 'P300-0012345678'
const wholeWith = (kind, to = sn) => (part) => ({
  version: 1,
  sn: to,
  messageId: id('downlink'),
  [kind]: part,
})

const keyShare = (name) => Uint8Array.of(4, ...named(`${name} x`), ...named(`${name} y`))
const now = 1_767_225_600_000
const safe = Number.MAX_SAFE_INTEGER

/** One message: `accept` is a list of [description, part]; the first part is the one that is broken. */
const message = ({ kind, about, accept, fields, more = [], to }) => {
  const wrap = wholeWith(kind, to)
  return {
    about,
    schema: 'Downlink',
    cases: [
      ...accept.map(([description, part]) => accepted(encode, description, wrap(part))),
      ...brokenFields({ encode, base: accept[0][1], fields, prefix: `${kind}.`, wrap }),
      ...more.map(([description, part, field]) =>
        refused(description, encode(wrap(part)), 'MALFORMED', `${kind}.${field}`),
      ),
    ],
  }
}

const welcome = {
  sessionNonce: id('session nonce'),
  helloHash: named('hello hash'),
  sessionId: id('session'),
  timeMs: now,
  keyShare: keyShare('gateway'),
  signerListVersion: 3,
  heartbeatS: 60,
  lastUplinkSeq: 4711,
}

const command = {
  commandId: id('command'),
  type: 64,
  assetEpoch: 1,
  bindingEpoch: 7,
  seq: 1024,
  issuedAtMs: now,
  notAfterMs: now + 86_400_000,
  sessionNonce: id('session nonce'),
  approvalHash: named('approval'),
  payload: Uint8Array.of(0x0a, 0x01, 0x78),
}

const proceed = {
  commandId: id('command'),
  seq: 1025,
  readyNonce: id('ready nonce'),
  commandHash: named('command body'),
}

const signer = (name, purpose, alg) => ({
  kid: named(name, 8),
  purpose,
  alg,
  publicKey: named(`${name} public key`),
  notBeforeMs: now,
  notAfterMs: now + 31_536_000_000,
})

const signerList = {
  listVersion: 3,
  issuedAtMs: now,
  signers: [signer('ordinary', 1, 1), signer('destructive', 2, 1), signer('receipt', 3, 2)],
}

const renewal = {
  reason: 'due',
  certificate: named('certificate'),
  chain: named('chain'),
}

const onlyId = { commandId: id('command'), seq: 1026 }

const commandFields = {
  commandId: broken.exact(16),
  type: broken.range(1, 127),
  seq: broken.wide(1),
  issuedAtMs: broken.wide(1),
  notAfterMs: broken.wide(1),
  sessionNonce: broken.optional(16),
  approvalHash: broken.optional(32),
  payload: broken.blob(0, 16 * 1024),
}

export const down = {
  welcome: message({
    kind: 'welcome',
    about: 'Welcome, which answers a Hello.',
    accept: [
      ['a Welcome', welcome],
      [
        'a Welcome with the largest numbers and no signer list',
        { ...welcome, timeMs: safe, lastUplinkSeq: safe, signerListVersion: 0, heartbeatS: 86_400 },
      ],
    ],
    fields: {
      sessionNonce: broken.exact(16),
      helloHash: broken.exact(32),
      sessionId: broken.exact(16),
      timeMs: broken.wide(1),
      keyShare: [...broken.exact(65), ['is no uncompressed point', filled(65, 2)]],
      heartbeatS: broken.range(5, 86_400),
      lastUplinkSeq: broken.wide(0),
    },
  }),
  command: message({
    kind: 'command',
    about: 'Command, any type: the payload has vectors of its own, one file per command.',
    accept: [
      ['a destructive command', command],
      [
        'a harmless command without session nonce and approval',
        { ...command, type: 1, sessionNonce: filled(0), approvalHash: filled(0), payload: filled(0) },
      ],
      ['a command of an unknown type parses, so that it can be refused by its code', { ...command, type: 127 }],
      ['the largest sequence', { ...command, seq: safe }],
    ],
    fields: commandFields,
    more: [
      ['it ends before it begins', { ...command, notAfterMs: command.issuedAtMs - 1 }, 'notAfterMs'],
    ],
  }),
  proceed: message({
    kind: 'proceed',
    about: 'Proceed, the second phase of a destructive command.',
    accept: [['a Proceed', proceed]],
    fields: {
      commandId: broken.exact(16),
      seq: broken.wide(1),
      readyNonce: broken.exact(16),
      commandHash: broken.exact(32),
    },
  }),
  abort: message({
    kind: 'abort',
    about: 'Abort, before and after Ready.',
    accept: [
      ['an Abort of a Ready', { ...onlyId, readyNonce: id('ready nonce') }],
      ['an Abort before Ready names the command alone', { ...onlyId, readyNonce: filled(0) }],
    ],
    fields: {
      commandId: broken.exact(16),
      seq: broken.wide(1),
      readyNonce: broken.optional(16),
    },
  }),
  query: message({
    kind: 'query',
    about: 'Query: what became of this command?',
    accept: [['a Query', onlyId]],
    fields: { commandId: broken.exact(16), seq: broken.wide(1) },
  }),
  'hello-request': message({
    kind: 'helloRequest',
    about: 'HelloRequest: say Hello again.',
    accept: [
      ['for a session that the gateway does not know', { sessionNonce: id('session nonce') }],
      ['where it knows no session at all', { sessionNonce: filled(0) }],
    ],
    fields: { sessionNonce: broken.optional(16) },
  }),
  receipt: message({
    kind: 'receipt',
    about: 'Receipt: the uplink is durable.',
    accept: [['a Receipt', { messageId: id('uplink'), hash: named('uplink body') }]],
    fields: { messageId: broken.exact(16), hash: broken.exact(32) },
  }),
  'signer-list': message({
    kind: 'signerList',
    about: 'SignerList, addressed to the fleet. Signatures: signer-trust.json.',
    to: '*',
    accept: [
      ['three signers', signerList],
      [
        'a signer of an unknown purpose and algorithm parses and is ignored',
        { ...signerList, signers: [signer('newer', 255, 255)] },
      ],
    ],
    fields: {
      listVersion: broken.positive(),
      issuedAtMs: broken.wide(1),
      signers: [['is empty', []], ...broken.list(32, signer('ordinary', 1, 1))],
      'signers[0].kid': broken.exact(8),
      'signers[0].purpose': broken.range(1, 255),
      'signers[0].alg': broken.range(1, 255),
      'signers[0].publicKey': broken.blob(1, 1024),
      'signers[0].notBeforeMs': broken.wide(0),
      'signers[0].notAfterMs': [...broken.wide(1), ['lies before notBeforeMs', now - 1]],
    },
  }),
  'renew-certificate': message({
    kind: 'renewCertificate',
    about: 'RenewCertificate: the request, and the answer to a RenewRequest.',
    accept: [
      ['the answer, with certificate and chain', renewal],
      ['the request', { reason: 'due', certificate: filled(0), chain: filled(0) }],
      ['a certificate without a chain', { ...renewal, chain: filled(0) }],
    ],
    fields: {
      reason: broken.printable(0, 64),
      certificate: broken.blob(0, 8 * 1024),
      chain: broken.blob(0, 24 * 1024),
    },
    more: [['a chain without a certificate', { ...renewal, certificate: filled(0) }, 'chain']],
  }),
}

const query = { query: onlyId }
const whole = { version: 1, sn, messageId: id('downlink'), ...query }

/** What every downlink has, and what is no downlink at all. */
export const downlink = {
  about: 'The fields that every Downlink has, shown with a Query.',
  schema: 'Downlink',
  cases: [
    accepted(encode, 'the longest serial number', { ...whole, sn: 'x'.repeat(50) }),
    accepted(encode, 'every character that a serial number may have', { ...whole, sn: 'AZaz09._-' }),
    ...brokenFields({
      encode,
      base: whole,
      fields: {
        sn: [...broken.token(1, 50), ['is the fleet’s', '*'], ['has a slash', 'a/b']],
        messageId: broken.exact(16),
      },
    }),
    refused(
      'a SignerList for one serial number',
      encode({ ...wholeWith('signerList')(signerList) }),
      'MALFORMED',
      'sn',
    ),
    refused('version is missing', encode({ ...whole, version: 0 }), 'UNSUPPORTED_VERSION', 'version'),
    refused('version is newer', encode({ ...whole, version: 2 }), 'UNSUPPORTED_VERSION', 'version'),
    refused('no message', encode({ ...whole, query: null }), 'UNKNOWN_MESSAGE', 'message'),
    refused(
      'a message of a number that is not in the schema (field 99)',
      Buffer.concat([encode({ ...whole, query: null }), Buffer.from('9a0600', 'hex')]),
      'UNKNOWN_MESSAGE',
      'message',
    ),
    refused('nothing at all', filled(0), 'UNSUPPORTED_VERSION', 'version'),
    refused('cut off in the middle', encode(whole).slice(0, 40), 'MALFORMED', ''),
    refused('bytes that are no protobuf', filled(64, 0xff), 'MALFORMED', ''),
    refused('more than 60 KiB', filled(60 * 1024 + 1, 0), 'TOO_LARGE', ''),
  ],
}
