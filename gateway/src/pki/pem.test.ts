import { expect, it } from 'vitest'
import { pemDecode, pemEncode } from './pem.js'

const label = 'CERTIFICATE REQUEST'
const der = Uint8Array.from({ length: 200 }, (_, i) => i)
const pem = pemEncode(label, der)

it('takes back what it wrote, with either line end and white space around it', () => {
  expect(pemDecode(pem, [label])).toEqual(der)
  expect(pemDecode(`\n ${pem.replaceAll('\n', '\r\n')}\n\n`, [label])).toEqual(der)
  expect(pem.split('\n').every((line) => line.length <= 64)).toBe(true)
})

it.each([
  ['another label', pemEncode('CERTIFICATE', der)],
  ['labels that differ', pem.replace('END CERTIFICATE REQUEST', 'END CERTIFICATE')],
  ['two blocks', pem + pem],
  ['text before the block', `Certificate Request:\n${pem}`],
  ['text behind the block', `${pem}x`],
  ['a header inside', pem.replace('-----\n', '-----\nProc-Type: 4,ENCRYPTED\n')],
  ['a character that is no base64', pem.replace('A', '*')],
  ['base64 that is cut', pem.replace(/.\n-----END/, '\n-----END')],
  ['nothing in the block', `-----BEGIN ${label}-----\n-----END ${label}-----`],
  ['begin and end in one', `-----BEGIN ${label}-----`],
  ['nothing', ''],
])('refuses %s', (_, text) => {
  expect(pemDecode(text, [label])).toBeUndefined()
})
