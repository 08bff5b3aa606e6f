import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '@tillgate/protocol'
import { nodePrimitives as p } from '@tillgate/protocol/node'
import { cmacTdes, isMacRight, withMac } from './mac.js'
import type { MacedRequest, Unmaced } from './messages.js'
import {
  checkValueOf,
  makeWorkingKeys,
  manufactureKeyOf,
  terminalMasterKey,
  unwrapWorkingKeys,
  workingKeyRandomBytes,
  wrapWorkingKeys,
} from './working-keys.js'

const vectorsOf = (name: string): readonly Readonly<Record<string, string>>[] => {
  const text = readFileSync(new URL(`./vectors/${name}.json`, import.meta.url), 'utf8')
  return (JSON.parse(text) as { vectors: Record<string, string>[] }).vectors
}

const hex = (text: string | undefined): Uint8Array => fromHex(text ?? 'x') ?? expect.fail('no hex')
const upper = (bytes: Uint8Array): string => toHex(bytes).toUpperCase()

describe('working keys', () => {
  it('opens the published sign-on answer, and makes the same again', () => {
    const [vector] = vectorsOf('master-session')
    const tmk = hex(vector?.['tmk'])
    const unwrapped = unwrapWorkingKeys(p, tmk, hex(vector?.['field62']))
    if (!unwrapped.ok) expect.fail(unwrapped.code)
    const { pik, mak, tdk } = unwrapped.keys
    expect(upper(pik.key)).toBe(vector?.['pik'])
    expect(upper(pik.checkValue)).toBe(vector?.['pikCheckValue'])
    expect(upper(mak.key)).toBe(vector?.['mak'])
    expect(upper(mak.checkValue)).toBe(vector?.['makCheckValue'])
    expect(tdk).toBeUndefined()
    expect(upper(wrapWorkingKeys(p, tmk, unwrapped.keys))).toBe(vector?.['field62'])
  })

  it('names the key whose check value differs, bit by bit', () => {
    const [vector] = vectorsOf('master-session')
    const field62 = hex(vector?.['field62'])
    const names = new Set<string>()
    for (let bit = 0; bit < field62.length * 8; bit += 5) {
      const damaged = field62.slice()
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const unwrapped = unwrapWorkingKeys(p, hex(vector?.['tmk']), damaged)
      expect(unwrapped.ok).toBe(false)
      if (!unwrapped.ok && unwrapped.code === 'KCV_MISMATCH') names.add(unwrapped.key)
    }
    expect([...names].sort()).toEqual(['mak', 'pik'])
  })

  it('refuses any length but 40 and 60', () => {
    const tmk = new Uint8Array(16)
    for (const length of [0, 20, 39, 41, 59, 61, 80]) {
      const unwrapped = unwrapWorkingKeys(p, tmk, new Uint8Array(length))
      expect(unwrapped).toEqual({ ok: false, code: 'LENGTH' })
    }
  })

  it('gives each serial number a master key of its own, with odd parity, the same for a seed', () => {
    const key = (seed: string, sn: string) => terminalMasterKey(p, manufactureKeyOf(p, seed), sn)
    expect(key('1', 'A')).toEqual(key('1', 'A'))
    expect(key('1', 'A')).not.toEqual(key('1', 'B'))
    expect(key('1', 'A')).not.toEqual(key('2', 'A'))
    for (const byte of key('1', 'A')) {
      expect([...byte.toString(2)].filter((bit) => bit === '1').length % 2).toBe(1)
    }
  })

  it('does not open under another terminal’s master key', () => {
    const keys = makeWorkingKeys(
      p,
      new Uint8Array(workingKeyRandomBytes).map((_, i) => i * 7),
    )
    const mine = terminalMasterKey(p, manufactureKeyOf(p, 1), 'SN-1')
    const other = terminalMasterKey(p, manufactureKeyOf(p, 1), 'SN-2')
    const field62 = wrapWorkingKeys(p, mine, keys)
    expect(unwrapWorkingKeys(p, mine, field62)).toEqual({ ok: true, keys })
    expect(unwrapWorkingKeys(p, other, field62).ok).toBe(false)
  })
})

describe('check values', () => {
  it.each(vectorsOf('kcv'))('$id', ({ key, kcvZeroBlock }) => {
    expect(upper(checkValueOf(p, hex(key)))).toBe(kcvZeroBlock)
  })
})

describe('the MAC', () => {
  it.each(vectorsOf('cmac'))('is CMAC: $id', ({ key, message, mac }) => {
    expect(upper(cmacTdes(p, hex(key), hex(message)))).toBe(mac)
  })

  it('covers every field of a request', () => {
    const mak = hex('0123456789ABCDEF')
    const sale = {
      kind: 'sale',
      acquirerCode: '48020000',
      mid: '898310148160568',
      tid: '00000001',
      sn: 'SN-1',
      trace: 7,
      batchNumber: 3,
      amountMinor: 1234,
      currency: '156',
      takenAtMs: 1_700_000_000_000,
    } as const satisfies Unmaced
    const signed = withMac(p, mak, sale)
    expect(isMacRight(p, mak, signed)).toBe(true)
    for (const field of Object.keys(sale)) {
      const value = sale[field as keyof typeof sale]
      const changed = field === 'kind' ? 'reversal' : typeof value === 'number' ? value + 1 : 'X'
      const forged = { ...signed, [field]: changed } as MacedRequest
      expect(isMacRight(p, mak, forged), field).toBe(false)
    }
    expect(isMacRight(p, mak, { ...signed, mac: '' })).toBe(false)
  })
})
