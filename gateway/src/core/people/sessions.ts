/** When a session of a person holds: neither silent nor old, and nothing about the person has changed. */
import type { EpochMs } from '../ports/system.js'
import type { UserRow, UserSessionRow } from '../records/tables.js'
import { peopleLimits } from './limits.js'

export const sessionHolds = (session: UserSessionRow, user: UserRow, atMs: EpochMs): boolean =>
  user.state === 'ACTIVE' &&
  session.endedAtMs === null &&
  session.userEpoch === user.epoch &&
  atMs < session.endsAtMs &&
  atMs - session.seenAtMs < peopleLimits.sessionIdleMs
