// Vectors of the messages that go up.
import { tillgate } from '../../generated/messages.js'
import { filled, id, named } from './bytes.mjs'
import * as broken from './breakers.mjs'
import { accepted, brokenFields, refused } from './cases.mjs'

const encode = (shape) => tillgate.v1.Uplink.encode(shape).finish()
const sn = 'P300-0012345678'
const now = 1_767_225_600_000
const safe = Number.MAX_SAFE_INTEGER

const about = {
  command: { commandId: id('command'), downlinkHash: named('command body') },
  nothing: { commandId: filled(0), downlinkHash: filled(0) },
  idAlone: { commandId: id('command'), downlinkHash: filled(0) },
}

const wholeWith = (kind, names) => (part) => ({
  version: 1,
  sn,
  messageId: id('uplink'),
  bootId: id('boot'),
  uplinkSeq: 42,
  ...names,
  [kind]: part,
})

/**
 * How the message must name its command: required, optional (the hash), not at all where it has a nonce,
 * free (both) or absent.
 */
const presenceCases = (kind, part, presence) => {
  const whole = (names) => encode(wholeWith(kind, names)(part))
  const noId = refused('no command id', whole({ ...about.command, commandId: filled(0) }), 'MALFORMED', 'commandId')
  switch (presence) {
    case 'required':
      return [noId, refused('no downlink hash', whole(about.idAlone), 'MALFORMED', 'downlinkHash')]
    case 'hashOptional':
      return [
        noId,
        accepted(encode, 'without a downlink hash', wholeWith(kind, about.idAlone)(part)),
      ]
    case 'nonceInstead':
      return [
        accepted(encode, 'without a downlink hash', wholeWith(kind, about.idAlone)(part)),
        accepted(encode, 'of an offline unbind: a nonce and no command', wholeWith(kind, about.nothing)(part)),
        refused(
          'no command id and no nonce',
          encode(wholeWith(kind, about.nothing)({ ...part, readyNonce: filled(0) })),
          'MALFORMED',
          'commandId',
        ),
      ]
    case 'optional':
      return [accepted(encode, 'about no command', wholeWith(kind, about.nothing)(part))]
    default:
      return [
        refused('a command id where none belongs', whole(about.idAlone), 'MALFORMED', 'commandId'),
        refused(
          'a downlink hash where none belongs',
          whole({ ...about.nothing, downlinkHash: named('x') }),
          'MALFORMED',
          'downlinkHash',
        ),
      ]
  }
}

const message = ({ kind, text, presence, accept, fields, more = [] }) => {
  const wrap = wholeWith(kind, presence === 'absent' ? about.nothing : about.command)
  return {
    about: text,
    schema: 'Uplink',
    cases: [
      ...accept.map(([description, part]) => accepted(encode, description, wrap(part))),
      ...presenceCases(kind, accept[0][1], presence),
      ...brokenFields({ encode, base: accept[0][1], fields, prefix: `${kind}.`, wrap }),
      ...more.map(([description, part, field]) =>
        refused(description, encode(wrap(part)), 'MALFORMED', `${kind}.${field}`),
      ),
    ],
  }
}

const slot = (purpose, state, kcv, algorithm = 'TDES', version = 1) => ({
  purpose,
  version,
  state,
  kcv,
  algorithm,
})
const pik = slot('PIK', 3, Uint8Array.of(0x8c, 0xa6, 0x4d))
const gone = slot('PIK', 5, filled(0))

const slotFields = (path, freeKcv) => ({
  [`${path}.purpose`]: broken.token(1, 16),
  [`${path}.state`]: broken.name(),
  [`${path}.kcv`]: [
    ['has 2 bytes', filled(2)],
    ['has 4 bytes', filled(4)],
    ['has 6 bytes', filled(6)],
    ['has 33 bytes', filled(33)],
    ...(freeKcv ? [] : [['stands where no key is', filled(3)]]),
  ],
  [`${path}.algorithm`]: broken.token(0, 16),
})

const keyShare = Uint8Array.of(4, ...named('terminal x'), ...named('terminal y'))

const hello = {
  sessionNonce: id('session nonce'),
  firmware: 'tg-sim 1.4.2',
  capabilities: ['SelfTest', 'Bind', 'Lock', 'Unlock', 'Unbind'],
  assetEpoch: 1,
  bindingEpoch: 7,
  lastSeq: 1023,
  keySlots: [pik, slot('MAK', 1, filled(0), '')],
  keyShare,
  signerListVersion: 3,
  model: 'P300',
  locked: false,
}

const area = (name, records, amountMinor) => ({
  name,
  records,
  amountMinor,
  hash: records === 0 ? filled(0) : named(`area ${name}`),
})

const areaFields = (path) => ({
  [`${path}.name`]: broken.token(1, 32),
  [`${path}.records`]: broken.wide(0),
  [`${path}.amountMinor`]: broken.signed(),
  [`${path}.hash`]: broken.optional(32),
})

const ready = {
  readyNonce: id('ready nonce'),
  leaseS: 120,
  areas: [area('batch', 0, 0), area('offline', 0, 0), area('reversal', 0, 0), area('log', 321, 0)],
  settled: [area('batch', 17, 125_000), area('offline', 2, -500)],
  batchNumber: 88,
}

const offlineReady = {
  nonce: id('offline nonce'),
  leaseS: 1800,
  firmware: 'tg-sim 1.4.2',
  model: 'P300',
  assetEpoch: 1,
  bindingEpoch: 7,
  lastSeq: 1023,
  signerListVersion: 3,
  areas: ready.areas,
  settled: ready.settled,
  batchNumber: 88,
}

const proof = {
  readyNonce: id('ready nonce'),
  proceedHash: named('proceed body'),
  assetEpoch: 1,
  bindingEpoch: 7,
  counter: 5,
  firmware: 'tg-sim 1.4.2',
  slots: [{ before: pik, after: gone }],
  areas: [{ name: 'params', recordsBefore: 12, recordsAfter: 0, method: 'overwrite' }],
  erasedAtMs: now,
  resumed: 1,
  partial: false,
}

const status = {
  querySeq: 1030,
  state: 6,
  readyNonce: filled(0),
  code: 0,
  payload: filled(0),
}

const heartbeat = { sessionNonce: id('session nonce'), uptimeMs: 3_600_000, batteryPercent: 101, will: false }
const refusal = { code: 30, readyNonce: filled(0), detail: '' }
const result = { code: 0, payload: Uint8Array.of(8, 1), unknown: false }
const alarm = { code: 8, detail: 'signature', offendingHash: named('offending body') }

export const up = {
  hello: message({
    kind: 'hello',
    text: 'Hello, the first uplink of every connection.',
    presence: 'absent',
    accept: [
      ['a bound terminal', hello],
      [
        'a terminal in stock, locked, that holds nothing yet',
        {
          ...hello,
          capabilities: [],
          keySlots: [],
          lastSeq: 0,
          assetEpoch: 0,
          bindingEpoch: 0,
          signerListVersion: 0,
          locked: true,
        },
      ],
      ['an AES slot with a check value of 5 bytes', { ...hello, keySlots: [slot('TDK', 3, filled(5), 'AES')] }],
    ],
    fields: {
      sessionNonce: broken.exact(16),
      firmware: broken.printable(1, 64),
      capabilities: broken.list(64, 'Bind'),
      'capabilities[0]': broken.token(1, 32),
      lastSeq: broken.wide(0),
      keySlots: broken.list(64, pik),
      ...slotFields('keySlots[0]', true),
      keyShare: [...broken.exact(65), ['is no uncompressed point', filled(65, 3)]],
      model: broken.printable(1, 64),
    },
    more: [
      ['a check value in an empty slot', { ...hello, keySlots: [slot('PIK', 1, filled(3))] }, 'keySlots[0].kcv'],
    ],
  }),
  heartbeat: message({
    kind: 'heartbeat',
    text: 'Heartbeat, and the will.',
    presence: 'absent',
    accept: [
      ['on mains', heartbeat],
      ['the will', { ...heartbeat, uptimeMs: 0, batteryPercent: 0, will: true }],
    ],
    fields: {
      sessionNonce: broken.exact(16),
      uptimeMs: broken.wide(0),
      batteryPercent: broken.range(0, 101),
    },
  }),
  accepted: message({
    kind: 'accepted',
    text: 'Accepted: every check has passed.',
    presence: 'required',
    accept: [['an Accepted', {}]],
    fields: {},
  }),
  progress: message({
    kind: 'progress',
    text: 'Progress of a running command.',
    presence: 'required',
    accept: [
      ['settling', { phase: 3, done: 2, total: 5, resumed: 0 }],
      ['erasing again after a reboot', { phase: 6, done: 0, total: 0, resumed: 1 }],
    ],
    fields: { phase: broken.name() },
  }),
  ready: message({
    kind: 'ready',
    text: 'Ready: the end of a prepare, nothing lost yet.',
    presence: 'required',
    accept: [
      ['settled, with a log to erase', ready],
      ['with nothing to say', { ...ready, areas: [], settled: [], batchNumber: 0 }],
      ['the largest amounts', { ...ready, areas: [area('batch', safe, -safe), area('cache', 1, safe)] }],
    ],
    fields: {
      readyNonce: broken.exact(16),
      leaseS: broken.range(1, 3600),
      areas: broken.list(32, area('log', 0, 0)),
      ...areaFields('areas[0]'),
      settled: broken.list(32, area('log', 0, 0)),
      ...areaFields('settled[0]'),
    },
  }),
  'offline-ready': message({
    kind: 'offlineReady',
    text: 'OfflineReady: a Ready without a network, and its Hello.',
    presence: 'absent',
    accept: [
      ['settled, with a log to erase', offlineReady],
      [
        'with nothing to say',
        { ...offlineReady, areas: [], settled: [], batchNumber: 0, lastSeq: 0, leaseS: 3600 },
      ],
    ],
    fields: {
      nonce: broken.exact(16),
      leaseS: broken.range(1, 3600),
      firmware: broken.printable(1, 64),
      model: broken.printable(1, 64),
      lastSeq: broken.wide(0),
      areas: broken.list(32, area('log', 0, 0)),
      ...areaFields('areas[0]'),
      settled: broken.list(32, area('log', 0, 0)),
      ...areaFields('settled[0]'),
    },
  }),
  released: message({
    kind: 'released',
    text: 'Released: the prepare is given up.',
    presence: 'nonceInstead',
    accept: [
      ['the lease is over', { readyNonce: id('ready nonce'), cause: 2, abortSeq: 0 }],
      ['aborted', { readyNonce: id('ready nonce'), cause: 1, abortSeq: 1031 }],
      ['a command that was never seen', { readyNonce: filled(0), cause: 5, abortSeq: safe }],
    ],
    fields: {
      readyNonce: broken.optional(16),
      cause: broken.name(),
      abortSeq: broken.wide(0),
    },
  }),
  refused: message({
    kind: 'refused',
    text: 'Refused, of a command or of its Proceed.',
    presence: 'required',
    accept: [
      ['a sale is running', refusal],
      ['a Proceed that came too late', { code: 24, readyNonce: id('ready nonce'), detail: 'lease over' }],
      ['a code that this side does not know', { ...refusal, code: 9999 }],
    ],
    fields: {
      code: broken.range(1, 9999),
      readyNonce: broken.optional(16),
      detail: broken.printable(0, 160),
    },
  }),
  result: message({
    kind: 'result',
    text: 'Result: how a command ended.',
    presence: 'required',
    accept: [
      ['done', result],
      ['failed', { code: 56, payload: filled(0), unknown: false }],
      ['interrupted by a crash', { code: 25, payload: filled(0), unknown: true }],
    ],
    fields: { code: [['is too large', 10_000]], payload: broken.blob(0, 16 * 1024) },
    more: [['done and unknown at once', { ...result, unknown: true }, 'unknown']],
  }),
  proof: message({
    kind: 'proof',
    text: 'Proof of an erasure.',
    presence: 'required',
    accept: [
      ['an erasure that survived a reboot', proof],
      ['clock unsure, something left over', { ...proof, erasedAtMs: 0, partial: true, slots: [], areas: [] }],
    ],
    fields: {
      readyNonce: broken.exact(16),
      proceedHash: broken.exact(32),
      counter: broken.wide(1),
      firmware: broken.printable(1, 64),
      slots: [...broken.list(64, { before: pik, after: gone })],
      ...slotFields('slots[0].before', true),
      ...slotFields('slots[0].after', false),
      areas: broken.list(32, proof.areas[0]),
      'areas[0].name': broken.token(1, 32),
      'areas[0].recordsBefore': broken.wide(0),
      'areas[0].recordsAfter': broken.wide(0),
      'areas[0].method': broken.token(1, 32),
      erasedAtMs: broken.wide(0),
    },
    more: [
      ['a slot without a before', { ...proof, slots: [{ after: gone }] }, 'slots[0].before.state'],
      ['a slot without an after', { ...proof, slots: [{ before: pik }] }, 'slots[0].after.state'],
    ],
  }),
  status: message({
    kind: 'status',
    text: 'Status, the answer to Query.',
    presence: 'hashOptional',
    accept: [
      ['done', status],
      ['not seen, and never will be', { ...status, state: 1 }],
      ['prepared, with its nonce', { ...status, state: 4, readyNonce: id('ready nonce') }],
      ['a stored result', { ...status, payload: Uint8Array.of(8, 1) }],
    ],
    fields: {
      querySeq: broken.wide(1),
      state: broken.name(),
      readyNonce: broken.optional(16),
      code: [['is too large', 10_000]],
      payload: broken.blob(0, 16 * 1024),
    },
  }),
  alarm: message({
    kind: 'alarm',
    text: 'Alarm: something that should not be.',
    presence: 'optional',
    accept: [
      ['a bad signature', alarm],
      ['the tamper response', { code: 57, detail: '', offendingHash: filled(0) }],
    ],
    fields: {
      code: broken.range(1, 9999),
      detail: broken.printable(0, 160),
      offendingHash: broken.optional(32),
    },
  }),
  'renew-request': message({
    kind: 'renewRequest',
    text: 'RenewRequest: a CSR for the next identity key.',
    presence: 'absent',
    accept: [['a RenewRequest', { csr: named('csr'), proofOfOldKey: filled(64) }]],
    fields: { csr: broken.blob(1, 8 * 1024), proofOfOldKey: broken.blob(64, 512) },
  }),
}

const whole = wholeWith('heartbeat', about.nothing)(heartbeat)

export const uplink = {
  about: 'The fields that every Uplink has, shown with a Heartbeat and an Alarm.',
  schema: 'Uplink',
  cases: [
    accepted(encode, 'the largest uplink sequence', { ...whole, uplinkSeq: safe }),
    ...brokenFields({
      encode,
      base: whole,
      fields: {
        sn: [...broken.token(1, 50), ['is the fleet’s', '*']],
        messageId: broken.exact(16),
        bootId: broken.exact(16),
        uplinkSeq: broken.wide(1),
      },
    }),
    ...brokenFields({
      encode,
      base: wholeWith('alarm', about.command)(alarm),
      fields: { commandId: broken.optional(16), downlinkHash: broken.optional(32) },
    }),
    refused('version is missing', encode({ ...whole, version: 0 }), 'UNSUPPORTED_VERSION', 'version'),
    refused('version is newer', encode({ ...whole, version: 2 }), 'UNSUPPORTED_VERSION', 'version'),
    refused('no message', encode({ ...whole, heartbeat: null }), 'UNKNOWN_MESSAGE', 'message'),
    refused(
      'a message of a number that is not in the schema (field 99)',
      Buffer.concat([encode({ ...whole, heartbeat: null }), Buffer.from('9a0600', 'hex')]),
      'UNKNOWN_MESSAGE',
      'message',
    ),
    refused('nothing at all', filled(0), 'UNSUPPORTED_VERSION', 'version'),
    refused('cut off in the middle', encode(whole).slice(0, 40), 'MALFORMED', ''),
    refused('more than 60 KiB', filled(60 * 1024 + 1, 0), 'TOO_LARGE', ''),
  ],
}
