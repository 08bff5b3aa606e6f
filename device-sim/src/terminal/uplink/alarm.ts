/**
 * What could not be authenticated is never answered with Refused: anybody could make a terminal
 * refuse a command so. It is counted and answered with an Alarm, at most one per code and minute; the
 * others are counted in the next one's detail. What is merely late is counted alone.
 */
import { errorNumber, type ErrorCode } from '@tillgate/protocol'
import { terminalLimits } from '../limits.js'
import type { Turn } from '../turn.js'
import { aboutNothing } from './compose.js'
import { mayKeepAlarm, testify } from './evidence.js'

export interface Denial {
  readonly code: ErrorCode
  readonly detail: string
  readonly bodyHash: Uint8Array | undefined
  readonly commandId?: Uint8Array | undefined
}

/** Authentic, and only late or not meant for this moment: nobody need look. */
const isMerelyLate: ReadonlySet<ErrorCode> = new Set([
  'STALE_SEQ',
  'STALE_SIGNER_LIST',
  'BAD_NONCE',
])

export const deny = (turn: Turn, { code, detail, bodyHash, commandId }: Denial): void => {
  const { denied, alarmedAtMs, identity } = turn.state
  const count = (denied.get(code) ?? 0) + 1
  turn.set({ denied: new Map(denied).set(code, count) })
  turn.note({ what: 'denied', code })
  if (isMerelyLate.has(code) || identity === undefined) return
  const lastMs = alarmedAtMs.get(code)
  const { nowMs } = turn.world
  const isSoon = lastMs !== undefined && nowMs - lastMs < terminalLimits.alarmIntervalMs
  if (isSoon || !mayKeepAlarm(turn.flash)) return
  turn.set({ alarmedAtMs: new Map(turn.state.alarmedAtMs).set(code, nowMs) })
  testify(
    turn,
    {
      kind: 'alarm',
      code: errorNumber(code),
      detail: count > 1 ? `${detail} (${String(count)} times)` : detail,
      offendingHash: bodyHash,
    },
    commandId === undefined ? aboutNothing : { commandId, downlinkHash: undefined },
    [],
  )
}
