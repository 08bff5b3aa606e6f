/** One day, and what came of it in words. True where all of it has drained. */
import { playDay } from './day.js'
import { dayAsJsonLine, dayAsTable } from './report.js'

export interface LiveThrough {
  readonly cases: number
  readonly seed: number
  readonly json: boolean
  /** Seconds, monotonic. */
  readonly now: () => number
  readonly print: (text: string) => void
}

export const liveThrough = async (options: LiveThrough): Promise<boolean> => {
  const { cases, seed, json, now, print } = options
  const began = now()
  const day = await playDay(seed, cases)
  const seconds = now() - began
  for (const { checker, text, atMs } of day.outcome.violations) {
    print(`${(atMs / 1_000).toFixed(3)} s: ${checker}: ${text}`)
  }
  print(json ? dayAsJsonLine(day, seconds) : dayAsTable(day, seconds))
  return day.isDrained
}
