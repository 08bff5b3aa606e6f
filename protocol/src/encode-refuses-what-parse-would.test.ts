// The pair assertion: what this side would refuse to read, it refuses to send, loudly, since it is a
// bug of the sender and not bad input.
import { describe, expect, test } from 'vitest'
import {
  encodeDownlink,
  encodeEnvelope,
  encodePayload,
  encodeResult,
  encodeUplink,
  parseDownlink,
  parseUplink,
  wireLimits,
  type Downlink,
  type Uplink,
} from './index.js'

const id = new Uint8Array(16).fill(7)
const hash = new Uint8Array(32).fill(9)

const query: Downlink = {
  sn: 'A1',
  messageId: id,
  message: { kind: 'query', commandId: id, seq: 1 },
}

const refused: Uplink = {
  sn: 'A1',
  messageId: id,
  bootId: id,
  uplinkSeq: 1,
  commandId: id,
  downlinkHash: hash,
  message: { kind: 'refused', code: 30, readyNonce: undefined, detail: '' },
}

describe('encode throws where parse would refuse', () => {
  test.each([
    ['a serial number with a slash', { ...query, sn: 'a/b' }],
    ['a message id of 15 bytes', { ...query, messageId: id.slice(1) }],
    ['a sequence of 2^53', { ...query, message: { kind: 'query', commandId: id, seq: 2 ** 53 } }],
    ['a fraction', { ...query, message: { kind: 'query', commandId: id, seq: 1.5 } }],
    ['not a number', { ...query, message: { kind: 'query', commandId: id, seq: Number.NaN } }],
    ['a negative sequence', { ...query, message: { kind: 'query', commandId: id, seq: -1 } }],
  ] satisfies readonly (readonly [string, Downlink])[])('down: %s', (_, downlink) => {
    expect(() => encodeDownlink(downlink)).toThrow(/^encode: MALFORMED/)
  })

  test.each([
    ['no command id', { ...refused, commandId: undefined }],
    ['no downlink hash', { ...refused, downlinkHash: undefined }],
    [
      'a detail that is not ASCII',
      { ...refused, message: { kind: 'refused', code: 30, readyNonce: undefined, detail: '店' } },
    ],
    [
      'a detail that is too long',
      {
        ...refused,
        message: { kind: 'refused', code: 30, readyNonce: undefined, detail: 'x'.repeat(161) },
      },
    ],
    ['an uplink sequence of zero', { ...refused, uplinkSeq: 0 }],
  ] satisfies readonly (readonly [string, Uplink])[])('up: %s', (_, uplink) => {
    expect(() => encodeUplink(uplink)).toThrow(/^encode: MALFORMED/)
  })

  test('a lone surrogate never becomes a replacement character', () => {
    const bind = {
      type: 'Bind',
      acquirerCode: '1',
      mid: '1',
      tid: '1',
      storeId: '',
      keepKeys: false,
    } as const
    expect(() => encodePayload({ ...bind, merchantName: 'a\ud800b' })).toThrow(/merchantName/)
    expect(encodePayload({ ...bind, merchantName: 'a\u{1f4b3}b' }).length).toBeGreaterThan(0)
  })

  test('a result with a short hash, an envelope without a body', () => {
    expect(() =>
      encodeResult({ type: 'Bind', bindingEpoch: 1, paramsHash: id, keySlots: [] }),
    ).toThrow(/paramsHash/)
    expect(() => encodeEnvelope({ body: new Uint8Array(0), auth: undefined })).toThrow(/body/)
  })

  test('a body above its limit', () => {
    const area = { name: 'x'.repeat(32), recordsBefore: 1, recordsAfter: 0, method: 'overwrite' }
    const many = { length: wireLimits.areasMax + 1 }
    const message = {
      kind: 'proof',
      readyNonce: id,
      proceedHash: hash,
      assetEpoch: 1,
      bindingEpoch: 1,
      counter: 1,
      firmware: '1',
      slots: [],
      areas: Array.from(many, () => area),
      erasedAtMs: 0,
      resumed: 0,
      partial: false,
    } as const
    expect(() => encodeUplink({ ...refused, message })).toThrow(/areas/)
  })
})

describe('a parsed value', () => {
  test('owns its bytes: what happens to the packet later does not change it', () => {
    const packet = new Uint8Array(1000)
    const body = encodeUplink(refused)
    packet.set(body, 100)
    const parsed = parseUplink(packet.subarray(100, 100 + body.length))
    packet.fill(0)
    if (!parsed.ok) throw new Error(parsed.rule)
    expect(parsed.value).toEqual(refused)
    expect(parsed.value.messageId.buffer.byteLength).toBe(16)
    expect(parsed.value.downlinkHash?.buffer.byteLength).toBe(32)
  })

  test('and encoded bytes have a buffer of their own as well', () => {
    const body = encodeUplink(refused)
    expect(Buffer.isBuffer(body)).toBe(false)
    expect(body.buffer.byteLength).toBe(body.length)
  })

  test('is the same from a Buffer as from a plain array', () => {
    const body = encodeDownlink(query)
    const fromBuffer = parseDownlink(Buffer.from(body))
    expect(fromBuffer).toEqual(parseDownlink(body))
    if (!fromBuffer.ok) throw new Error(fromBuffer.rule)
    expect(Buffer.isBuffer(fromBuffer.value.messageId)).toBe(false)
    expect(structuredClone(fromBuffer.value)).toEqual(query)
  })

  test('has the last message where a body carries two, as every protobuf decoder does', () => {
    const first = encodeDownlink(query)
    const second = encodeDownlink({
      ...query,
      message: { kind: 'receipt', messageId: id, hash },
    })
    const parsed = parseDownlink(Buffer.concat([first, second]))
    expect(parsed).toMatchObject({ ok: true, value: { message: { kind: 'receipt' } } })
  })
})
