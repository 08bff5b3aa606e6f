import { describe, expect, test } from 'vitest'
import { FrameGate } from './frame-gate.js'

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

/** A PUBLISH-like packet of `totalBytes` whose bytes can be told apart. */
const packetOf = (totalBytes: number): Uint8Array => {
  const lengthBytes = totalBytes <= 129 ? 1 : totalBytes <= 16_386 ? 2 : 3
  let remaining = totalBytes - 1 - lengthBytes
  const bytes = new Uint8Array(totalBytes).map((_, index) => index % 251)
  bytes[0] = 0x30
  for (let index = 1; index <= lengthBytes; index += 1) {
    bytes[index] = (remaining & 0x7f) | (index === lengthBytes ? 0 : 0x80)
    remaining >>= 7
  }
  return bytes
}

const cutAll = (gate: FrameGate): Uint8Array[] => {
  const packets: Uint8Array[] = []
  for (let frame = gate.next(); frame.kind === 'packet'; frame = gate.next()) {
    packets.push(Uint8Array.from(frame.bytes))
  }
  return packets
}

describe('cutting', () => {
  const packets = [2, 3, 129, 131, 132, 1_000, 16_386, 16_388, 60_000].map(packetOf)
  const stream = Buffer.concat(packets)

  test.each([1, 2, 3, 7, 64, 1_000, 16_384, stream.length])(
    'gives the same packets from chunks of %i bytes',
    (size) => {
      const gate = new FrameGate(65_536)
      const cut: Uint8Array[] = []
      for (let at = 0; at < stream.length; at += size) {
        gate.push(stream.subarray(at, at + size))
        cut.push(...cutAll(gate))
      }
      expect(Buffer.concat(cut).equals(stream)).toBe(true)
      expect(cut.map((one) => one.length)).toEqual(packets.map((one) => one.length))
    },
  )

  test('does not copy a packet that lies in one chunk', () => {
    const gate = new FrameGate(100)
    const chunk = Buffer.concat([packetOf(10), packetOf(20)])
    gate.push(chunk)
    gate.next()
    const second = gate.next()
    expect(second.kind === 'packet' && second.bytes.buffer === chunk.buffer).toBe(true)
  })

  test('cuts nothing that nobody asks for', () => {
    const gate = new FrameGate(100)
    gate.push(Buffer.concat([packetOf(10), packetOf(99)]))
    expect(gate.next().kind).toBe('packet')
    gate.push(packetOf(5))
    expect(cutAll(gate).map((one) => one.length)).toEqual([99, 5])
  })

  test('takes single bytes that have piled up in a time that does not grow with their square', () => {
    const spend = (bytes: number): number => {
      const gate = new FrameGate(65_536)
      const packet = packetOf(1_000)
      for (let at = 0; at < bytes; at += 1) gate.push(packet.subarray(at % 1_000, (at % 1_000) + 1))
      const start = performance.now()
      expect(cutAll(gate)).toHaveLength(bytes / 1_000)
      return performance.now() - start
    }
    spend(20_000)
    const few = spend(20_000)
    expect(spend(400_000)).toBeLessThan(150 * Math.max(few, 1))
  })
})

describe('refusing', () => {
  test.each([
    ['30ffffffff01', 'five length bytes'],
    ['308000', 'a length of 0 in two bytes'],
    ['30ff8000', 'a length of 127 in three bytes'],
  ])('%s: %s', (bytes) => {
    const gate = new FrameGate(2 ** 30)
    gate.push(hex(bytes))
    expect(gate.next()).toEqual({ kind: 'fault', fault: 'malformed-length' })
  })

  test('an announcement above the cap costs its header and nothing more', () => {
    const gate = new FrameGate(4_096)
    gate.push(hex('30ffffff7f'))
    expect(gate.next()).toEqual({ kind: 'fault', fault: 'too-large' })
  })

  test('the cap counts the fixed header, as Maximum Packet Size does', () => {
    for (const [bytes, kind] of [
      [4_096, 'packet'],
      [4_097, 'fault'],
    ] as const) {
      const gate = new FrameGate(4_096)
      gate.push(packetOf(bytes))
      expect(gate.next().kind).toBe(kind)
    }
  })

  test('a fault is for ever', () => {
    const gate = new FrameGate(10)
    gate.push(packetOf(11))
    gate.next()
    gate.setCap(100)
    gate.push(packetOf(5))
    expect(gate.next()).toEqual({ kind: 'fault', fault: 'too-large' })
  })

  test('a raised cap counts from the next packet on', () => {
    const gate = new FrameGate(10)
    gate.push(packetOf(5))
    expect(gate.next().kind).toBe('packet')
    gate.setCap(20)
    gate.push(packetOf(20))
    expect(gate.next().kind).toBe('packet')
  })
})
