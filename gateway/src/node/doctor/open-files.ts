/** How many files this user may have open, against the terminals that the listener would take. */
import { readFileSync } from 'node:fs'
import { doctorLimits } from './limits.js'
import { ok, skipped, warn, type Finding } from './finding.js'

const check = 'open files'

const limitIn = (text: string): number => {
  const soft = /^Max open files\s+(\S+)/m.exec(text)?.[1]
  return soft === 'unlimited' ? Infinity : Number(soft)
}

const ownLimits = (): string | undefined => {
  try {
    return readFileSync('/proc/self/limits', 'utf8')
  } catch {
    return undefined
  }
}

export const openFiles = (connectionsMax: number, limits = ownLimits()): Finding => {
  if (limits === undefined) return skipped(check, 'this system does not say')
  const most = limitIn(limits)
  const wanted = connectionsMax + doctorLimits.openFilesReserve
  return most >= wanted
    ? ok(check, `${String(most)} allowed, ${String(wanted)} wanted`)
    : warn(
        check,
        `${String(most)} allowed, ${String(wanted)} wanted for ${String(connectionsMax)} terminals: ` +
          'raise LimitNOFILE (or ulimit -n)',
      )
}
