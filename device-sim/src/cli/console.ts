/** One JSON line per observation; bytes in hex. */
import { toHex } from '@tillgate/protocol'
import { systemClock } from '../system/system.js'

const shown = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? toHex(value) : value

export const say = (sn: string, seen: object): void =>
  console.log(JSON.stringify({ at: new Date(systemClock.now()).toISOString(), sn, ...seen }, shown))

export const untilSignal = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
