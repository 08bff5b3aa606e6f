/** A log that remembers instead of printing. */
import type { Log } from '@tillgate/gateway'

export const quietLog = (lines: string[] = []): Log => {
  const keep = (message: string): void => void lines.push(message)
  return { debug: keep, info: keep, warn: keep, error: keep }
}
