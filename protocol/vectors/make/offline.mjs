// Vectors of what a person carries: frames, and the answer of two envelopes.
import { crc32 } from 'node:zlib'
import { tillgate } from '../../generated/messages.js'
import { filled, hex, named, packed, sha256 } from './bytes.mjs'

/** RFC 4648 §6 by way of bits as text: another road than the product's. */
const base32 = (bytes) => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  return (bits.match(/.{1,5}/g) ?? []).map((five) => letters[parseInt(five.padEnd(5, '0'), 2)]).join('')
}

const bytesPerFrame = 360
const setOf = (bytes) => crc32(bytes).toString(16).padStart(8, '0').toUpperCase()
const frame = (index, count, set, part) => `TG1:${index}/${count}:${set}:${base32(part)}`

const framesOf = (bytes) => {
  const count = Math.ceil(bytes.length / bytesPerFrame)
  return Array.from({ length: count }, (_, at) =>
    frame(at + 1, count, setOf(bytes), bytes.slice(at * bytesPerFrame, (at + 1) * bytesPerFrame)),
  )
}

const long = (name, length) => {
  const parts = []
  for (let at = 0; parts.length * 32 < length; at++) parts.push(sha256(`${name} ${at}`))
  return new Uint8Array(Buffer.concat(parts)).slice(0, length)
}

const set = (description, bytes) => ({ description, bytes: hex(bytes), frames: framesOf(bytes) })
const refused = (description, frames) => ({ description, frames, error: { code: 'MALFORMED', field: 'frames' } })

const three = long('three frames', 800)
const other = long('another set', 800)
const [one, two, last] = framesOf(three)
const answer = { command: named('command envelope'), proceed: named('proceed envelope') }
const encode = (shape) => tillgate.v1.OfflineAnswer.encode(shape).finish()
const missing = (field) => ({
  description: `${field} is missing`,
  bytes: packed(encode({ ...answer, [field]: filled(0) })),
  error: { code: 'MALFORMED', field },
})

export const offline = {
  about: 'Frames for QR (§9a), and the answer to an OfflineReady.',
  frames: [
    set('one byte', Uint8Array.of(0)),
    set('what fits in one frame', long('one frame', 360)),
    set('a byte more', long('two frames', 361)),
    set('three frames', three),
    set('as much as there may be', long('most', 24 * 360)),
  ],
  alike: [
    { description: 'in any order, some twice', bytes: hex(three), frames: [last, one, one, two, last] },
    { description: 'small letters, blanks around', bytes: hex(three), frames: [` ${one.toLowerCase()}\n`, two, `${last}\r\n`] },
  ],
  refused: [
    refused('nothing', []),
    refused('no frame', ['hello']),
    refused('a frame of a later version', [one.replace('TG1', 'TG2'), two, last]),
    refused('one is missing', [one, last]),
    refused('frames of two sets', [one, framesOf(other)[1], last]),
    refused('a number beyond the count', [one, two, last.replace('3/3', '4/3')]),
    refused('number nought', [one.replace('1/3', '0/3'), two, last]),
    refused('another count', [one, two, last.replace('3/3', '3/4')]),
    refused('a frame that contradicts itself', [one, two, last, two.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A'))]),
    refused('a wrong letter that the checksum finds', [one, `${two.slice(0, 60)}${two[60] === 'A' ? 'B' : 'A'}${two.slice(61)}`, last]),
    refused('a letter that is none', [one, two, `${last.slice(0, -1)}1`]),
    refused('a frame that is not full, before the last', [frame(1, 2, setOf(three), three.slice(0, 100)), frame(2, 2, setOf(three), three.slice(100, 200))]),
    refused('bits beyond the last byte', [frame(1, 1, setOf(Uint8Array.of(0)), Uint8Array.of(0)).replace(/A$/, 'B')]),
    refused('more than there may be', [frame(1, 25, setOf(three), three.slice(0, 360))]),
  ],
  answer: [
    { description: 'two envelopes', bytes: packed(encode(answer)), value: { command: hex(answer.command), proceed: hex(answer.proceed) } },
    missing('command'),
    missing('proceed'),
    { description: 'more than frames hold', bytes: packed(filled(8641, 0)), error: { code: 'TOO_LARGE', field: '' } },
  ],
}
