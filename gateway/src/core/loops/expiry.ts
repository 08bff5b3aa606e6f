/**
 * The expiry loop: commands whose lifetime is over take notice of it. What was never published expires;
 * what may be under way gets an unknown outcome or is aborted; a request that nobody decided on expires.
 * Time alone ends nothing else.
 */
import { coreLimits } from '../limits.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Clock, DurationMs, Timers } from '../ports/system.js'
import type { Trail } from '../trail/trail.js'
import { expireApprovals } from '../approvals/expire-approvals.js'
import { createLoop, type Loop } from './pace.js'

export interface ExpiryPorts {
  readonly records: Records
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly trail: Trail
  readonly beatMs?: DurationMs
  nudgeLane(terminalId: number): void
  mayRun?(): boolean
}

export const createExpiryLoop = (ports: ExpiryPorts): Loop => {
  const { records, clock, trail } = ports
  let after = 0

  const turn = async (): Promise<boolean> => {
    const nowMs = clock.now()
    const page = await records.read('overdue-commands', {
      nowMs,
      afterId: after,
      limit: coreLimits.overduePerTurnMax,
    })
    after = page.length < coreLimits.overduePerTurnMax ? 0 : (page.at(-1)?.id ?? 0)
    await Promise.all(
      page.map(async (command) => {
        const noted = await records.submit('note-time', {
          commandId: command.id,
          over: 'overdue',
          atMs: nowMs,
        })
        if (!noted.ok || !noted.moved) return
        trail.ended(command.uuid, command.sn, noted.standing)
        ports.nudgeLane(command.terminalId)
      }),
    )
    await expireApprovals(records, nowMs)
    return after !== 0
  }

  return createLoop({ name: 'expiry', ...ports, turn })
}
