/** What the benchmark's terminals read and write by hand is what the protocol's own codec reads and writes. */
import { nodePrimitives, generatePrivateKey } from '@tillgate/protocol/node'
import {
  encodeDownlink,
  encodeResult,
  macBody,
  parseEnvelope,
  parseUplink,
  rootFromProof,
  signBodies,
  verifyMac,
  type Downlink,
} from '@tillgate/protocol'
import { describe, expect, it } from 'vitest'

import { readLeanCommand } from './lean-command.js'
import { rootText, sha256Of } from './lean-hash.js'
import { ResultWriter } from './lean-result.js'

const id = (fill: number): Uint8Array => new Uint8Array(16).fill(fill)
const key = generatePrivateKey('ES256')

const command = (seq: number, type = 1): Downlink => ({
  sn: 'BENCH-000001',
  messageId: id(1),
  message: {
    kind: 'command',
    commandId: id(2),
    type,
    assetEpoch: 1,
    bindingEpoch: 300,
    seq,
    issuedAtMs: 1_700_000_000_000,
    notAfterMs: 1_700_000_900_000,
    sessionNonce: id(3),
    approvalHash: undefined,
    payload: Uint8Array.of(),
  },
})

const envelopes = (count: number): readonly Buffer[] => {
  const bodies = Array.from({ length: count }, (_, i) => encodeDownlink(command(1 + i * 1_000)))
  return signBodies(nodePrimitives, key, 'ordinary', bodies).map((one) => Buffer.from(one))
}

describe('a Command read by hand', () => {
  it('is what the parser finds, in waves of every shape', () => {
    for (const count of [1, 2, 3, 5, 64, 77]) {
      envelopes(count).forEach((envelope, i) => {
        const lean = readLeanCommand(envelope)
        const parsed = parseEnvelope(envelope)
        if (lean === undefined || !parsed.ok) throw new Error('not read')
        const { body, auth } = parsed.value
        if (auth?.kind !== 'signature') throw new Error('not signed')
        const span = ({ at, end }: { at: number; end: number }) =>
          new Uint8Array(envelope.subarray(at, end))
        expect(span(lean.body)).toEqual(body)
        expect(span(lean.kid)).toEqual(auth.kid)
        expect(span(lean.signature)).toEqual(auth.signature)
        expect(span(lean.commandId)).toEqual(id(2))
        expect(envelope.toString('latin1', lean.sn.at, lean.sn.end)).toBe('BENCH-000001')
        expect(lean).toMatchObject({
          alg: 1,
          treeSize: count,
          index: i,
          version: 1,
          type: 1,
          bindingEpoch: 300,
          seq: 1 + i * 1_000,
        })
        const root = rootFromProof(nodePrimitives, body, auth)
        expect(rootText(envelope, lean)).toBe(Buffer.from(root ?? []).toString('latin1'))
        const hash = Buffer.from(nodePrimitives.sha256(body)).toString('latin1')
        expect(sha256Of(envelope, lean.body.at, lean.body.end)).toBe(hash)
      })
    }
  })

  it('has another root where one bit of body or path is another', () => {
    const [envelope] = envelopes(8)
    const lean = envelope && readLeanCommand(envelope)
    if (envelope === undefined || lean === undefined) throw new Error('not read')
    const root = rootText(envelope, lean)
    for (const at of [lean.body.at + 20, lean.path.at, lean.path.end - 1]) {
      const spoiled = Buffer.from(envelope)
      spoiled[at] = (spoiled[at] ?? 0) ^ 1
      expect(rootText(spoiled, lean)).not.toBe(root)
    }
    const short = { ...lean, path: { ...lean.path, end: lean.path.end - 32 } }
    expect(rootText(envelope, short)).toBeUndefined()
    expect(rootText(envelope, { ...lean, treeSize: 16 })).toBeUndefined()
  })

  it('is nothing where the envelope holds something else, or is cut anywhere', () => {
    const mac = macBody(nodePrimitives, new Uint8Array(32), id(1), 1, encodeDownlink(command(1)))
    expect(readLeanCommand(Buffer.from(mac))).toBeUndefined()
    const body = encodeDownlink({
      sn: 'BENCH-000001',
      messageId: id(1),
      message: { kind: 'receipt', messageId: id(1), hash: new Uint8Array(32) },
    })
    const [receipt] = signBodies(nodePrimitives, key, 'receipt', [body])
    expect(readLeanCommand(Buffer.from(receipt ?? []))).toBeUndefined()
    const [envelope] = envelopes(3)
    for (let end = 0; end < (envelope?.length ?? 0); end += 1) {
      expect(readLeanCommand(envelope?.subarray(0, end) ?? Buffer.alloc(0))).toBeUndefined()
    }
  })
})

it('a Result written by hand is read, and its MAC holds, whatever the numbers', () => {
  const sessionKey = new Uint8Array(32).map((_, i) => i * 7)
  const payload = encodeResult({
    type: 'SelfTest',
    keysOk: true,
    flashOk: true,
    clockOk: true,
    firmware: 'bench-1',
  })
  const [envelope] = envelopes(2)
  const lean = envelope && readLeanCommand(envelope)
  if (envelope === undefined || lean === undefined) throw new Error('not read')
  const topic = Buffer.from('tg/1/BENCH-000001/up')
  const writer = new ResultWriter({
    sn: 'BENCH-000001',
    topic,
    bootId: id(8),
    sessionId: id(9),
    sessionKey,
    payload,
  })
  for (const number of [1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 40]) {
    const { bytes, envelopeBytes } = writer.write({
      downlinkPacketId: 258,
      packetId: 513,
      uplinkSeq: number,
      counter: number,
      random: Buffer.alloc(32, 5),
      randomAt: 16,
      downlink: envelope,
      commandIdAt: lean.commandId.at,
      downlinkHash: sha256Of(envelope, lean.body.at, lean.body.end),
    })
    expect([...bytes.subarray(0, 4)]).toEqual([0x40, 2, 1, 2])
    const said = parseEnvelope(bytes.subarray(bytes.length - envelopeBytes))
    if (!said.ok || said.value.auth?.kind !== 'mac') throw new Error('not read')
    const { body, auth } = said.value
    expect(auth).toMatchObject({ sessionId: id(9), counter: number })
    expect(verifyMac(nodePrimitives, sessionKey, body, auth)).toBe(true)
    const uplink = parseUplink(body)
    if (!uplink.ok) throw new Error(uplink.field)
    expect(uplink.value).toEqual({
      sn: 'BENCH-000001',
      messageId: id(5),
      bootId: id(8),
      uplinkSeq: number,
      commandId: id(2),
      downlinkHash: nodePrimitives.sha256(
        new Uint8Array(envelope.subarray(lean.body.at, lean.body.end)),
      ),
      message: { kind: 'result', code: 0, payload, unknown: false },
    })
  }
})
