/**
 * Values on their way in and out. Out: int8 as a number (refused beyond 2^53), bytea as a Uint8Array
 * that owns its bytes. In: a column of values as the text of one array, so that a statement is the same
 * whatever the number of its rows.
 */
import type { Cell } from '../../../core/operations/operation.js'
import { BadShape } from '../group.js'

const INT8 = 20
const BYTEA = 17
const smallIntegers: ReadonlySet<number> = new Set([21, 23])

const exactNumber = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond 2^53`)
  return value
}

/** `\x` and hexadecimal digits. Not a window on a pool that other values share. */
const bytesOf = (text: string): Uint8Array => {
  const bytes = Buffer.allocUnsafeSlow((text.length - 2) / 2)
  bytes.write(text.slice(2), 'hex')
  return new Uint8Array(bytes.buffer)
}

const asText = (text: string): string => text

/** For the driver: how a value of this type is read. */
export const valueTypes = {
  getTypeParser: (oid: number): ((text: string) => unknown) => {
    if (oid === INT8) return exactNumber
    if (oid === BYTEA) return bytesOf
    return smallIntegers.has(oid) ? Number : asText
  },
}

const hexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')

const latin1Of = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/** A name for a cell, so that equal cells have equal names and others have not. */
export const cellName = (cell: Cell): string => {
  if (cell === null) return '~'
  if (typeof cell === 'number') return String(cell)
  return typeof cell === 'string' ? `'${cell}'` : `#${latin1Of(cell)}`
}

/** Throws BadShape for what no column can hold, so that its operation alone fails. */
export const checkCell = (column: string, cell: unknown): void => {
  if (cell === null || cell instanceof Uint8Array) return
  if (typeof cell === 'number') {
    if (Number.isSafeInteger(cell)) return
    throw new BadShape(`${column} is no exact integer: ${String(cell)}`)
  }
  if (typeof cell === 'string') {
    if (!cell.includes('\u0000')) return
    throw new BadShape(`the text of ${column} holds U+0000`)
  }
  throw new BadShape(`the value of ${column} is ${typeof cell}, which no column holds`)
}

const element = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return 'NULL'
  if (typeof cell === 'number') return String(cell)
  if (typeof cell === 'string') return `"${cell.replaceAll(/["\\]/g, '\\$&')}"`
  return `"\\\\x${hexOf(cell)}"`
}

/** One column of some rows, as the text of an array. */
export const arrayText = (cells: readonly (Cell | undefined)[]): string =>
  `{${cells.map(element).join(',')}}`
