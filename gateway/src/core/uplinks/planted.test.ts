import type { UplinkMessage } from '@tillgate/protocol'
import { expect, test } from 'vitest'
import { cleaned, plantedIn } from './planted.js'

const number = '6212341111111111116'
const text = `at ${number}.`
const bytes = (fill: number, length = 16): Uint8Array => new Uint8Array(length).fill(fill)
const latin = (value: string): Uint8Array => Uint8Array.from(value, (one) => one.charCodeAt(0))

const slot = { purpose: 'TMK', version: 1, state: 'ACTIVE', kcv: bytes(1, 3), algorithm: 'SM4' }

const hello = (over: object): UplinkMessage =>
  ({
    kind: 'hello',
    sessionNonce: bytes(1),
    firmware: '1.0',
    capabilities: ['Unbind'],
    model: 'A920',
    keySlots: [slot],
    ...over,
  }) as unknown as UplinkMessage

const said = (message: object): UplinkMessage => message as unknown as UplinkMessage

test.each([
  ['firmware', hello({ firmware: text })],
  ['model', hello({ model: text })],
  ['capabilities', hello({ capabilities: ['Unbind', text] })],
  ['purpose', hello({ keySlots: [slot, { ...slot, purpose: text }] })],
  ['algorithm', hello({ keySlots: [{ ...slot, algorithm: text }] })],
  ['detail', said({ kind: 'alarm', code: 57, detail: text })],
  ['detail', said({ kind: 'refused', code: 57, detail: text })],
  ['name', said({ kind: 'ready', areas: [{ name: text, records: 0 }] })],
  ['method', said({ kind: 'proof', areas: [{ name: 'log', method: text }] })],
  ['firmware', said({ kind: 'proof', firmware: text })],
  ['payload', said({ kind: 'result', code: 0, payload: latin(text) })],
  ['payload', said({ kind: 'status', payload: latin(text) })],
  ['csr', said({ kind: 'renewRequest', csr: latin(text) })],
])('a card number in %s is found, and named by its field', (field, message) => {
  expect(plantedIn(message)).toEqual([field])
})

test('a message without one is let through, whatever its hashes and nonces are', () => {
  const nonce = latin(number.slice(0, 16))
  expect(plantedIn(hello({ sessionNonce: nonce }))).toEqual([])
})

test('a free text is marked and its signed bytes are not kept; another message is not taken', () => {
  const authentic = (message: UplinkMessage) =>
    ({ uplink: { message }, body: bytes(1), hash: bytes(2), evidence: bytes(3) }) as never
  const alarm = said({ kind: 'alarm', code: 57, detail: text })
  const marked = cleaned(authentic(alarm), ['detail'])
  expect(marked?.evidence).toBeNull()
  expect(JSON.stringify(marked?.uplink.message)).not.toContain(number)
  expect(cleaned(authentic(hello({ firmware: text })), ['firmware'])).toBeUndefined()
})
