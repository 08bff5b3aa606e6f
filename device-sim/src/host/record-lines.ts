/**
 * One record as one line, and a file's bytes as records. Pure. The number rises by one from line to
 * line, so a line that went missing shows, and the CRC covers the number too.
 */
import { crc32 } from 'node:zlib'
import type { HostRecord } from './records.js'

const version = 1
export const header = `tillgate-host ${String(version)}\n`

const hexDigits = 8
const newline = 0x0a

const checksum = (text: string): string => crc32(text).toString(16).padStart(hexDigits, '0')

export const formatLine = (number: number, record: HostRecord): string => {
  const text = `${String(number)} ${JSON.stringify(record)}`
  return `${checksum(text)} ${text}\n`
}

const parseLine = (line: string): { number: number; record: HostRecord } | undefined => {
  const text = line.slice(hexDigits + 1)
  if (line[hexDigits] !== ' ' || line.slice(0, hexDigits) !== checksum(text)) return undefined
  const space = text.indexOf(' ')
  const number = Number(text.slice(0, space))
  // The checksum holds: these are the bytes that this program wrote.
  return { number, record: JSON.parse(text.slice(space + 1)) as HostRecord }
}

export type ReadLines =
  | {
      readonly ok: true
      readonly records: readonly HostRecord[]
      readonly lastNumber: number
      readonly goodBytes: number
    }
  | { readonly ok: false; readonly code: 'corrupt' | 'newer' | 'foreign'; readonly detail: string }

const checkHeader = (bytes: Buffer): Extract<ReadLines, { ok: false }> | undefined => {
  const first = bytes.subarray(0, header.length).toString('latin1')
  if (first === header) return undefined
  const found = /^tillgate-host (\d+)\n/.exec(
    bytes.subarray(0, 2 * header.length).toString('latin1'),
  )
  if (found !== null && Number(found[1]) > version) {
    return { ok: false, code: 'newer', detail: `written by a newer version (${String(found[1])})` }
  }
  return { ok: false, code: 'foreign', detail: 'not a file of the simulated host' }
}

const isAnyLineGood = (bytes: Buffer, from: number): boolean => {
  for (let at = from; ;) {
    const end = bytes.indexOf(newline, at)
    if (end < 0) return false
    if (parseLine(bytes.subarray(at, end).toString('utf8')) !== undefined) return true
    at = end + 1
  }
}

export const readLines = (bytes: Buffer): ReadLines => {
  const refused = checkHeader(bytes)
  if (refused !== undefined) return refused
  const records: HostRecord[] = []
  let at = header.length
  for (;;) {
    const end = bytes.indexOf(newline, at)
    const line = end < 0 ? undefined : parseLine(bytes.subarray(at, end).toString('utf8'))
    if (line === undefined) {
      const isHole = end >= 0 && isAnyLineGood(bytes, end + 1)
      if (!isHole) return { ok: true, records, lastNumber: records.length, goodBytes: at }
      return { ok: false, code: 'corrupt', detail: `damaged at byte ${String(at)}` }
    }
    if (line.number !== records.length + 1) {
      return { ok: false, code: 'corrupt', detail: `a record is missing at byte ${String(at)}` }
    }
    records.push(line.record)
    at = end + 1
  }
}
