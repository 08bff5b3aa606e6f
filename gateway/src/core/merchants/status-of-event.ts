/**
 * Which lines of a case's ledger its merchant hears of, and as what. Whether this merchant may hear it is
 * decided with the case's row (`operations/tell-merchant.ts`).
 */
import type { EventRow } from '../records/tables.js'
import type { StatusKind } from './notice-texts.js'

export const casePrefix = 'case.'

export interface StatusNews {
  readonly kind: StatusKind
  /** Of an appointment that lay ahead when it was made. */
  readonly startsAtMs?: number
}

const kinds: Readonly<Record<string, StatusKind>> = {
  'case.approved': 'accepted',
  'case.rejected': 'refused',
  'case.rescheduled': 'appointment',
  'case.postponed': 'postponed',
  'case.cancelled': 'cancelled',
  'case.closed_unproven': 'forced',
}

const endings: ReadonlySet<StatusKind> = new Set(['refused', 'cancelled', 'done', 'forced'])

/** How the case ended: told even where it was spoken of often that day. */
export const isEnding = (kind: StatusKind): boolean => endings.has(kind)

const onTheWay: readonly StatusKind[] = ['accepted', 'appointment', 'postponed']

const untrueAfter: Readonly<Record<StatusKind, readonly StatusKind[]>> = {
  accepted: [],
  postponed: [],
  // Both name the time.
  appointment: ['accepted', 'appointment'],
  refused: onTheWay,
  cancelled: onTheWay,
  forced: onTheWay,
  done: [...onTheWay, 'forced'],
}

/** Words that wait to be sent and are not true any more: a port that was down must not send them last. */
export const isUntrueAfter = (waiting: string, news: StatusKind): boolean =>
  untrueAfter[news].some((kind) => kind === waiting)

const isAhead = (startsAtMs: unknown, atMs: number): startsAtMs is number =>
  typeof startsAtMs === 'number' && startsAtMs > atMs

/** Undefined where the merchant hears nothing of it. */
export const statusOfEvent = ({
  kind,
  data,
  atMs,
}: Pick<EventRow, 'kind' | 'data' | 'atMs'>): StatusNews | undefined => {
  const { to, startsAtMs } = JSON.parse(data) as { readonly to?: unknown; startsAtMs?: unknown }
  const appointment = isAhead(startsAtMs, atMs) ? { startsAtMs } : {}
  // A proof that came late closes a case as well as the registry does.
  if (to === 'CLOSED') return { kind: 'done' }
  if (kind === 'case.opened')
    return isAhead(startsAtMs, atMs) ? { kind: 'appointment', startsAtMs } : undefined
  const told = kinds[kind]
  return told === undefined ? undefined : { kind: told, ...appointment }
}
