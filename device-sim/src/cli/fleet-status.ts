/** What a running fleet says of itself: a line for eyes, or one of JSON; and a last one with the totals. */
import type { FleetCounts } from '../fleet/counts.js'
import { systemClock } from '../system/system.js'

export interface StatusLines {
  enrolling(ready: number, of: number): void
  status(counts: FleetCounts): void
  totals(counts: FleetCounts): void
}

type Write = (line: string) => void

const jsonLines = (write: Write): StatusLines => {
  const say = (what: string, seen: object): void => {
    const at = new Date(systemClock.now()).toISOString()
    write(JSON.stringify({ what, at, ...seen }))
  }
  return {
    enrolling: (ready, of) => say('enrolling', { ready, of }),
    status: (counts) => say('status', counts),
    totals: (counts) => say('totals', counts),
  }
}

const secondsOf = (ms: number): string => `${(ms / 1_000).toFixed(0).padStart(5)} s`

const worded = (counts: FleetCounts): string => {
  const { terminals, online, links, resumed, reconnects, done, refused } = counts
  const parts = [
    `online ${String(online)}/${String(terminals)}`,
    `links ${String(links)} (${String(resumed)} resumed)`,
    `reconnects ${String(reconnects)}`,
    `done ${String(done)}`,
    `refused ${String(refused)}`,
    `power losses ${String(counts.powerLosses)}`,
    `failures ${String(counts.failedConnects + counts.flashFailures)}`,
  ]
  return parts.join('   ')
}

const wordLines = (write: Write): StatusLines => {
  const startedMs = systemClock.monotonic()
  const say = (text: string): void =>
    write(`${secondsOf(systemClock.monotonic() - startedMs)}   ${text}`)
  return {
    enrolling: (ready, of) => say(`enrolled ${String(ready)} of ${String(of)}`),
    status: (counts) => say(worded(counts)),
    totals: (counts) => say(`ended   ${worded(counts)}`),
  }
}

export const statusLines = (isJson: boolean): StatusLines => {
  const write = (line: string): void => console.log(line)
  return isJson ? jsonLines(write) : wordLines(write)
}
