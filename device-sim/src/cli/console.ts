/** One JSON line per observation, bytes in hex; and what ends a program from outside. */
import { toHex } from '@tillgate/protocol'
import { systemClock } from '../system/system.js'

const shown = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? toHex(value) : value

export const say = (sn: string, seen: object): void =>
  console.log(JSON.stringify({ at: new Date(systemClock.now()).toISOString(), sn, ...seen }, shown))

/** The first one; a second ends the process at once, as without us. */
export const onSignal = (end: () => void): void => {
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
}

export const untilSignal = (): Promise<void> => new Promise((resolve) => onSignal(resolve))
