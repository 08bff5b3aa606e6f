// The tables of the impostors: wills, topics, messages, and what must come of each. Data and rules of the
// protocol; nothing here asks the product.
import { encodeEnvelope } from '@tillgate/protocol'
import type { UplinkMessage } from '@tillgate/protocol'
import type { Version } from '../listener/raw-client.js'
import type { WillKind } from './at-the-door.js'
import { framed, text } from './mutators.js'

const own = (sn: string) => `tg/1/${sn}/state`
const shape = { qos: 0, retain: false } as const
const junk = Buffer.from(encodeEnvelope({ body: Uint8Array.of(8, 1), auth: undefined }))

/** `caught`: the victim's own will, as it once told it. */
export const willsOf = (victim: string, caught: Uint8Array): readonly WillKind[] => [
  { name: 'none', will: undefined, refused: undefined },
  {
    name: 'its own topic, nobody’s words',
    will: (sn) => ({ ...shape, topic: own(sn), payload: junk }),
    refused: undefined,
  },
  {
    name: 'its own topic, the victim’s will in it',
    will: (sn) => ({ ...shape, topic: own(sn), payload: Buffer.from(caught) }),
    refused: undefined,
  },
  {
    name: 'the victim’s topic',
    will: () => ({ ...shape, topic: own(victim), payload: Buffer.from(caught) }),
    refused: { 5: '0x87', 4: '0x5', early: false },
  },
  {
    name: 'retained',
    will: (sn) => ({ ...shape, topic: own(sn), payload: junk, retain: true }),
    refused: { 5: '0x9a', 4: '0x5', early: true },
  },
  {
    name: 'at QoS 2',
    will: (sn) => ({ ...shape, topic: own(sn), payload: junk, qos: 2 }),
    refused: { 5: '0x9b', 4: '0x5', early: true },
  },
]

export interface TopicAttempt {
  readonly topic: string
  readonly does: 'publishes at QoS 0 to' | 'publishes at QoS 1 to' | 'subscribes to'
  readonly version: Version
  /** MQTT 5's reason of DISCONNECT or SUBACK. */
  readonly expected: string
}

const wildcard = /[#+]/

const expectedOf = ({ topic, does, version }: Omit<TopicAttempt, 'expected'>): string => {
  if (topic.includes('\0')) return version === 5 ? 'ended 0x81' : 'ended'
  if (does !== 'subscribes to') {
    if (version === 4) return 'ended'
    if (topic === '') return 'ended 0x82'
    return wildcard.test(topic) ? 'ended 0x90' : 'ended 0x87'
  }
  // [MQTT-4.7.3-1]: no filter at all.
  if (topic === '') return version === 5 ? 'ended 0x81' : 'ended'
  if (version === 4) return 'refused 0x80'
  if (topic.startsWith('$share/')) return 'refused 0x9e'
  return wildcard.test(topic) ? 'refused 0xa2' : 'refused 0x87'
}

export const topicAttempts = (sn: string, others: readonly string[]): readonly TopicAttempt[] => {
  const foreign = others.flatMap((other) => [
    `tg/1/${other}/up`,
    `tg/1/${other}/state`,
    `tg/1/${other}/down`,
    `$share/g/tg/1/${other}/down`,
  ])
  const bent = [
    `tg/1/${sn}/up/`,
    `/tg/1/${sn}/up`,
    `tg/1/${sn}//up`,
    `tg//${sn}/up`,
    `tg/2/${sn}/up`,
    `tg/1/${sn}/UP`,
    `tg/1/${sn.toLowerCase()}/up`,
    `tg/1/${sn.replace('E', 'Е')}/up`,
    `tg/1/${sn}/up\0`,
    `tg/1/+/down`,
    `tg/1/#`,
    '#',
    '#/tg',
    '+/+/+/down',
    '$SYS/#',
    '$SYS/broker/uptime',
    '$share/g/#',
    '',
  ]
  const acts = ['publishes at QoS 0 to', 'publishes at QoS 1 to', 'subscribes to'] as const
  return [...foreign, ...bent].flatMap((topic) =>
    acts.flatMap((does) =>
      ([5, 4] as const).map((version) => {
        const attempt = { topic, does, version }
        return { ...attempt, expected: expectedOf(attempt) }
      }),
    ),
  )
}

/** By hand: no client library would write most of these. */
export const topicPacket = ({ topic, does, version }: TopicAttempt): Buffer => {
  const field = text(Buffer.from(topic))
  const properties = version === 5 ? Buffer.from([0]) : Buffer.alloc(0)
  const id = Buffer.from([0, 9])
  if (does === 'subscribes to') {
    return framed(0x82, Buffer.concat([id, properties, field, Buffer.from([1])]))
  }
  const isFirst = does === 'publishes at QoS 1 to'
  const parts = [field, isFirst ? id : Buffer.alloc(0), properties, junk]
  return framed(isFirst ? 0x32 : 0x30, Buffer.concat(parts))
}

const nonce = new Uint8Array(16).fill(3)
const hash = new Uint8Array(32).fill(7)
const nothing = new Uint8Array(0)

const settled = ['batch', 'offline', 'reversal'].map((name) => ({
  name,
  records: 0,
  amountMinor: 0,
  hash: undefined,
}))

/** Everything that is about a command. */
export const messagesAbout: readonly UplinkMessage[] = [
  { kind: 'accepted' },
  { kind: 'progress', phase: 'ERASING_KEYS', done: 1, total: 2, resumed: 0 },
  { kind: 'ready', readyNonce: nonce, leaseS: 120, areas: settled, settled: [], batchNumber: 1 },
  { kind: 'released', readyNonce: undefined, cause: 'NEVER_SEEN', abortSeq: 0 },
  { kind: 'refused', code: 1, readyNonce: undefined, detail: '' },
  { kind: 'result', code: 0, payload: nothing, unknown: false },
  {
    kind: 'proof',
    readyNonce: nonce,
    proceedHash: hash,
    assetEpoch: 1,
    bindingEpoch: 1,
    counter: 1,
    firmware: 'x',
    slots: [],
    areas: [],
    erasedAtMs: 0,
    resumed: 0,
    partial: false,
  },
  {
    kind: 'status',
    querySeq: 1_000_000,
    state: 'NOT_SEEN',
    readyNonce: undefined,
    code: 0,
    payload: nothing,
  },
]

/** Architecture §5: evidence is always a signature. */
export const isEvidence = ({ kind }: UplinkMessage): boolean =>
  ['ready', 'released', 'proof', 'status'].includes(kind)
