// The catalogue against drift: its numbers are the wire's, so they are frozen here a second time, and
// the README's table is compared with the data.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { wireLimits } from '../limits.js'
import {
  catalogue,
  errorByCode,
  errorByNumber,
  errorNumber,
  httpStatusOf,
  isErrorCode,
  type CatalogueEntry,
} from './catalogue.js'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

/** The rows of the table under a heading, as trimmed cells. */
const tableUnder = (heading: string): readonly (readonly string[])[] => {
  const from = readme.indexOf(`## ${heading}`)
  if (from < 0) throw new Error(`README has no "${heading}"`)
  const until = readme.indexOf('\n## ', from + 1)
  return readme
    .slice(from, until < 0 ? undefined : until)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

const asRow = (entry: CatalogueEntry): readonly string[] => [
  String(entry.number),
  `\`${entry.code}\``,
  entry.meaning,
  entry.zh,
  entry.retry,
  entry.http === undefined ? '' : String(entry.http),
  entry.alarm ? 'yes' : '',
]

describe('the error catalogue', () => {
  test('has each code and each number once', () => {
    expect(new Set(catalogue.map(({ code }) => code)).size).toBe(catalogue.length)
    expect(new Set(catalogue.map(({ number }) => number)).size).toBe(catalogue.length)
  })

  test('says every code in Chinese and in English', () => {
    for (const { zh, meaning } of catalogue) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(meaning.length).toBeGreaterThan(10)
    }
  })

  test('keeps the numbers of terminals, gateway and API apart', () => {
    for (const { number, audience, code } of catalogue) {
      const ranges = {
        wire: [1, 99],
        gateway: [100, 199],
        api: [200, 299],
        both: [1, 299],
      } as const
      const [from, to] = ranges[audience]
      expect(number >= from && number <= to, code).toBe(true)
      expect(number).toBeLessThanOrEqual(wireLimits.codeMax)
    }
  })

  test('has an HTTP status for everything that the API says', () => {
    for (const { http, audience, code } of catalogue) {
      if (audience === 'api' || audience === 'both') {
        expect(http, code).toBeGreaterThanOrEqual(400)
        expect(http, code).toBeLessThan(600)
      } else expect(http, code).toBeUndefined()
    }
    expect(httpStatusOf('RECORDS_UNAVAILABLE')).toBe(503)
    expect(httpStatusOf('BAD_MAC')).toBe(500)
  })

  test('finds each entry by its code and by its number', () => {
    for (const entry of catalogue) {
      expect(errorByCode(entry.code)).toBe(entry)
      expect(errorByNumber(entry.number)).toBe(entry)
      expect(errorNumber(entry.code)).toBe(entry.number)
      expect(isErrorCode(entry.code)).toBe(true)
    }
    expect(errorByNumber(0)).toBeUndefined()
    expect(errorByNumber(9_999)).toBeUndefined()
    expect(isErrorCode('toString')).toBe(false)
  })

  test('never renumbers a code that a terminal in the field may send', () => {
    expect(
      catalogue
        .filter(({ number }) => number < 100)
        .map(({ code, number }) => `${code}=${String(number)}`),
    ).toMatchInlineSnapshot(`
      [
        "MALFORMED=1",
        "TOO_LARGE=2",
        "UNSUPPORTED_VERSION=3",
        "UNKNOWN_MESSAGE=4",
        "WRONG_TARGET=5",
        "UNKNOWN_SIGNER=6",
        "SIGNER_NOT_ALLOWED=7",
        "BAD_SIGNATURE=8",
        "COMMAND_ID_REUSED=9",
        "UNKNOWN_COMMAND=10",
        "STALE_EPOCH=11",
        "STALE_SEQ=12",
        "EXPIRED=13",
        "CLOCK_UNSURE=14",
        "BAD_NONCE=15",
        "TOO_LATE=16",
        "ALREADY_DONE=17",
        "UNSUPPORTED_LEVEL=18",
        "ERASURE_OPEN=19",
        "NOT_BOUND=20",
        "PREPARE_TIMEOUT=21",
        "HOST_REFUSED=22",
        "HOST_UNREACHABLE=23",
        "LEASE_OVER=24",
        "INTERRUPTED=25",
        "STALE_SIGNER_LIST=26",
        "BUSY_TXN=30",
        "POSTPONED_BY_MERCHANT=31",
        "LOW_BATTERY=32",
        "NO_PAPER=33",
        "BATCH_NOT_SETTLED=34",
        "OFFLINE_NOT_EMPTY=35",
        "REVERSAL_NOT_SENT=36",
        "SETTLE_MISMATCH=37",
        "SLIP_NOT_UPLOADED=38",
        "KCV_MISMATCH=50",
        "KEY_BLOCK_INVALID=51",
        "KEY_POLICY=52",
        "KEY_SLOT_FULL=53",
        "KEY_VERSION_OLD=54",
        "FLASH_FULL=55",
        "FLASH_ERROR=56",
        "TAMPERED=57",
        "ERASE_PARTIAL=58",
        "INTERNAL=99",
      ]
    `)
  })

  test('is the table in the README', () => {
    expect(tableUnder('13.')).toEqual(catalogue.map(asRow))
  })
})

describe('the limits', () => {
  test('are the table in the README', () => {
    const rows = Object.entries(wireLimits).map(([name, value]) => [`\`${name}\``, String(value)])
    expect(tableUnder('14.').map(([name, value]) => [name, value])).toEqual(rows)
  })

  test('leave room in an envelope for the deepest proof, and in a packet for the topic', () => {
    const proof = wireLimits.merkleDepthMax * wireLimits.hashBytes + wireLimits.signatureBytesMax
    expect(wireLimits.bodyBytesMax + proof + 64).toBeLessThan(wireLimits.envelopeBytesMax)
    expect(wireLimits.envelopeBytesMax + 1024).toBeLessThan(wireLimits.packetBytesMax)
    expect(2 ** wireLimits.merkleDepthMax).toBe(wireLimits.treeSizeMax)
  })
})
