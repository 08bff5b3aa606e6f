/** Months of UTC, as partitions are cut by them: `2026_11`, its number 202611, its first millisecond. */

export interface Month {
  readonly name: string
  /** Year * 100 + month. */
  readonly number: number
  readonly beginsAtMs: number
  /** Where the next begins. */
  readonly endsAtMs: number
}

const monthAt = (year: number, place: number): Month => {
  const begin = new Date(Date.UTC(year, place, 1))
  const number = begin.getUTCFullYear() * 100 + begin.getUTCMonth() + 1
  const text = String(number).padStart(6, '0')
  return {
    name: `${text.slice(0, 4)}_${text.slice(4)}`,
    number,
    beginsAtMs: begin.getTime(),
    endsAtMs: Date.UTC(year, place + 1, 1),
  }
}

/** The month of this moment, or so many after it. */
export const monthOf = (atMs: number, after = 0): Month => {
  const at = new Date(atMs)
  return monthAt(at.getUTCFullYear(), at.getUTCMonth() + after)
}

export const monthOfNumber = (number: number): Month =>
  monthAt(Math.floor(number / 100), (number % 100) - 1)
