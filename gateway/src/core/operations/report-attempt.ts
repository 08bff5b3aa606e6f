/**
 * report-attempt: somebody has tried something under a TID, or with keys, of a terminal that was taken from its
 * merchant. Within the watch it is kept with the case and raises an alarm; it changes no case. The same reference
 * is reported once.
 * Results: ok: `watched` with the case and whether it is kept now (`recorded` false: reported before, or the case
 * has as many as are kept), or not `watched` and why.
 * Events: alarm.ATTEMPT_AFTER_RELEASE.
 */
import { uuidToText } from '@tillgate/protocol'

import { watchedAt, watchLimits, type Watched } from '../bindings/watch.js'
import type { AttemptKind, BindingRow, UnbindCaseRow, WatchAttemptRow } from '../records/tables.js'
import { event } from './event.js'
import {
  insert,
  many,
  nothing,
  one,
  operation,
  together,
  type Decision,
  type Load,
} from './operation.js'

export type AttemptedBy =
  | {
      readonly source: 'host'
      readonly acquirerCode: string
      readonly mid: string
      readonly tid: string
      readonly sn: string | null
    }
  /** It has shown working keys in a signed Hello. */
  | { readonly source: 'terminal'; readonly terminalId: number; readonly sn: string }

export interface ReportAttemptInput {
  readonly by: AttemptedBy
  readonly kind: AttemptKind
  readonly reference: string
  /** When it was tried. */
  readonly triedAtMs: number
  readonly watchMs: number
  readonly evidence: Uint8Array | null
  readonly actor: string
  readonly atMs: number
}

export interface ReportAttemptRows {
  readonly same: WatchAttemptRow | undefined
  readonly bindings: readonly BindingRow[]
  readonly cases: readonly UnbindCaseRow[]
  readonly kept: readonly WatchAttemptRow[]
}

export type ReportAttemptResult =
  | {
      readonly ok: true
      readonly watched: true
      readonly caseUuid: Uint8Array
      readonly recorded: boolean
    }
  | {
      readonly ok: true
      readonly watched: false
      readonly because: Exclude<Watched['is'], 'watched'>
    }

const bindingsOf = (by: AttemptedBy): Load<readonly BindingRow[]> => {
  const limit = watchLimits.bindingsPerTidMax
  if (by.source === 'terminal') return many('binding', { terminalId: by.terminalId }, limit)
  const { acquirerCode, mid, tid } = by
  return many('binding', { acquirerCode, mid, tid }, limit)
}

/** The one that took it from its merchant. */
const caseThatEnded = (cases: readonly UnbindCaseRow[]): UnbindCaseRow | undefined =>
  cases.findLast(({ state }) => state === 'CLOSED' || state === 'CLOSED_UNPROVEN') ?? cases.at(-1)

function* load(input: ReportAttemptInput): Load<ReportAttemptRows> {
  const { reference, triedAtMs, watchMs } = input
  const first = yield* together({
    same: one('watchAttempt', { reference }),
    bindings: bindingsOf(input.by),
  })
  const found = watchedAt(first.bindings, triedAtMs, watchMs)
  if (found.is !== 'watched') return { ...first, cases: [], kept: [] }
  const bindingId = found.binding.id
  const cases = yield* many('unbindCase', { bindingId }, watchLimits.casesPerBindingMax)
  const caseId = caseThatEnded(cases)?.id
  const kept = yield* caseId === undefined
    ? nothing<readonly WatchAttemptRow[]>([])
    : many('watchAttempt', { caseId }, watchLimits.attemptsPerCaseMax)
  return { ...first, cases, kept }
}

const unwatched = (because: Exclude<Watched['is'], 'watched'>): Decision<ReportAttemptResult> => ({
  writes: [],
  result: { ok: true, watched: false, because },
})

export const reportAttempt = operation<ReportAttemptInput, ReportAttemptRows, ReportAttemptResult>({
  name: 'report-attempt',
  load,
  decide({ same, bindings, cases, kept }, input) {
    const { by, kind, reference, triedAtMs, watchMs, evidence, actor, atMs } = input
    const found = watchedAt(bindings, triedAtMs, watchMs)
    if (found.is !== 'watched') return unwatched(found.is)
    const row = caseThatEnded(cases)
    // Bound and released before there were cases.
    if (row === undefined) return unwatched('unknown')
    const { binding } = found
    const answer = { ok: true, watched: true, caseUuid: row.uuid } as const
    if (same !== undefined || kept.length >= watchLimits.attemptsPerCaseMax) {
      return { writes: [], result: { ...answer, recorded: false } }
    }
    const about = { caseId: row.id, bindingId: binding.id }
    const { source, sn } = by
    const data = { kind, source, sn, tid: binding.tid, triedAtMs, case: uuidToText(row.uuid) }
    return {
      writes: [
        insert('watchAttempt', {
          ...about,
          ...{ kind, source, reference, sn, atMs: triedAtMs },
          ...{ reportedBy: actor, reportedAtMs: atMs },
        }),
        event({
          ...{ ...about, atMs, actor, evidence, terminalId: binding.terminalId },
          kind: 'alarm.ATTEMPT_AFTER_RELEASE',
          data,
        }),
      ],
      result: { ...answer, recorded: true },
    }
  },
})
