/** The two lists of a case's row, read and written: what it waits for, and what somebody has waived. */
import { isWaitingCode, type WaitingCode } from './waiting.js'

export interface Waiver {
  readonly code: WaitingCode
  readonly who: string
  readonly why: string
  readonly atMs: number
}

const listOf = (json: string): readonly unknown[] => {
  const value: unknown = JSON.parse(json)
  return Array.isArray(value) ? value : []
}

export const readWaits = (json: string): readonly WaitingCode[] =>
  listOf(json).filter(
    (code): code is WaitingCode => typeof code === 'string' && isWaitingCode(code),
  )

/** Sorted and each once, so that the same waits are the same text. */
export const writeWaits = (codes: readonly WaitingCode[]): string =>
  JSON.stringify([...new Set(codes)].sort())

export const readWaivers = (json: string): readonly Waiver[] => listOf(json) as readonly Waiver[]

export const writeWaivers = (waivers: readonly Waiver[]): string => JSON.stringify(waivers)

export const waivedCodes = (json: string): ReadonlySet<string> =>
  new Set(readWaivers(json).map(({ code }) => code))
