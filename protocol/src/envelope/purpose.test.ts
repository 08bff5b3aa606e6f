// Who signs what, and what must be signed: the rules of the wire as a table written out again.
import { expect, test } from 'vitest'
import { isDestructive } from '../commands/command-types.js'
import { downlinkKinds, type DownlinkMessage } from '../messages/downlink.js'
import { uplinkKinds, type UplinkMessage } from '../messages/uplink.js'
import {
  countsOnlyWhenNewer,
  needsSignature,
  purposeLabels,
  purposeOfDownlink,
  wantsReceipt,
} from './purpose.js'

const down = (kind: string, more: object = {}): DownlinkMessage =>
  ({ kind, ...more }) as unknown as DownlinkMessage
const up = (kind: string, more: object = {}): UplinkMessage =>
  ({ kind, ...more }) as unknown as UplinkMessage

test('every downlink has the purpose of its key', () => {
  expect(
    Object.fromEntries(
      downlinkKinds.map((kind) => [kind, purposeOfDownlink(down(kind, { type: 1 }))]),
    ),
  ).toEqual({
    welcome: 'ordinary',
    command: 'ordinary',
    proceed: 'destructive',
    abort: 'ordinary',
    query: 'ordinary',
    helloRequest: 'ordinary',
    receipt: 'receipt',
    signerList: 'signers',
    renewCertificate: 'ordinary',
  })
})

test('a command from 64 on is signed by the destructive key, known or not', () => {
  for (const type of [1, 2, 3, 4, 63])
    expect(purposeOfDownlink(down('command', { type }))).toBe('ordinary')
  for (const type of [64, 65, 127])
    expect(purposeOfDownlink(down('command', { type }))).toBe('destructive')
  expect(isDestructive(0)).toBe(false)
  expect(isDestructive(128)).toBe(false)
})

const kindsWhere = (holds: (kind: (typeof uplinkKinds)[number]) => boolean): readonly string[] =>
  uplinkKinds.filter(holds)

const always = [
  'hello',
  'ready',
  'released',
  'proof',
  'status',
  'alarm',
  'renewRequest',
  'offlineReady',
]

test('evidence is always a signature', () => {
  expect(kindsWhere((kind) => needsSignature(up(kind), false))).toEqual(always)
  expect(kindsWhere((kind) => needsSignature(up(kind), true)).toSorted()).toEqual(
    [...always, 'refused', 'result'].toSorted(),
  )
})

test('a will is signed: there is no MAC key before CONNECT', () => {
  expect(needsSignature(up('heartbeat', { will: true }), false)).toBe(true)
  expect(needsSignature(up('heartbeat', { will: false }), true)).toBe(false)
})

test('what a Receipt answers', () => {
  const kept = ['ready', 'released', 'proof', 'alarm']
  expect(kindsWhere((kind) => wantsReceipt(kind, false))).toEqual(kept)
  expect(kindsWhere((kind) => wantsReceipt(kind, true)).toSorted()).toEqual(
    [...kept, 'refused', 'result'].toSorted(),
  )
})

test('only the harmless three are judged by their sequence', () => {
  expect(kindsWhere(countsOnlyWhenNewer)).toEqual(['heartbeat', 'accepted', 'progress'])
})

test('labels end in a zero byte, so that none is the beginning of another', () => {
  const texts = Object.entries(purposeLabels).map(([purpose, label]) => {
    expect(Buffer.from(label).toString()).toBe(`tillgate/1/${purpose}\0`)
    return purpose
  })
  expect(texts).toHaveLength(6)
})
