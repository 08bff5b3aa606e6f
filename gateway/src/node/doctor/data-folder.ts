/** The data folder: whose it is, who may look into it, how much room it has, and how long an fsync takes there. */
import {
  closeSync,
  fsyncSync,
  openSync,
  statfsSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../core/ports/system.js'
import { fail, ok, skipped, warn, type Finding } from './finding.js'
import { doctorLimits } from './limits.js'

const mib = 2 ** 20

const rights = (folder: string): Finding => {
  const check = 'data folder'
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found === undefined) return ok(check, `${folder} is not there yet: the first start makes it`)
  if (!found.isDirectory()) return fail(check, `${folder} is a file: name a folder`)
  const mode = (found.mode & 0o777).toString(8)
  return (found.mode & 0o077) === 0
    ? ok(check, `${folder}, mode ${mode}`)
    : warn(check, `${folder} has mode ${mode}: others may look at what lies there; chmod 700 it`)
}

const room = (folder: string): Finding => {
  const check = 'free space'
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const says = `${String(Math.floor(free / mib))} MiB free for ${folder}`
  if (free < doctorLimits.freeBytesFail) return fail(check, `${says}: make room before you start`)
  return free < doctorLimits.freeBytesWarn ? warn(check, `${says}: plan for more`) : ok(check, says)
}

const page = new Uint8Array(4_096)

const syncMs = (folder: string, clock: Clock): number => {
  const file = join(folder, '.doctor')
  const handle = openSync(file, 'w', 0o600)
  try {
    const times = Array.from({ length: doctorLimits.syncRounds }, () => {
      const since = clock.monotonic()
      writeSync(handle, page)
      fsyncSync(handle)
      return clock.monotonic() - since
    })
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
  } finally {
    closeSync(handle)
    unlinkSync(file)
  }
}

const disk = (folder: string, clock: Clock): Finding => {
  const check = 'fsync'
  const ms = syncMs(folder, clock)
  const says = `an fsync of 4 KiB takes ${ms.toFixed(2)} ms (median of ${String(doctorLimits.syncRounds)})`
  const most = `a lone command waits for about three of them`
  if (ms > doctorLimits.syncMsFail) return fail(check, `${says}: use another disk; ${most}`)
  return ms > doctorLimits.syncMsWarn ? warn(check, `${says}: slow; ${most}`) : ok(check, says)
}

export const dataFolder = (folder: string, clock: Clock): readonly Finding[] => {
  const first = rights(folder)
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return [first, skipped('free space', 'no folder'), skipped('fsync', 'no folder')]
  }
  try {
    return [first, room(folder), disk(folder, clock)]
  } catch (error) {
    const { code = String(error) } = error as { readonly code?: string }
    return [first, fail('fsync', `${folder} can't be written to (${code}): check its owner`)]
  }
}
