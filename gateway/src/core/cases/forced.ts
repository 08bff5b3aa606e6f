/**
 * Closing a case by force: two persons say that the terminal will not answer. It claims no erase: what is
 * done is that the host blocks the TID for good. Which reason is good in which state, and what paper it
 * wants, stands in two tables; everything else follows from them (domain §6.3, §7).
 */
import type { DocumentKindName } from '../documents/kinds.js'
import type { EpochMs } from '../ports/system.js'
import type { TerminalState } from '../terminals/states.js'
import { caseLimits } from './limits.js'
import type { CaseState } from './states.js'
import { readWaits } from './waits.js'

/** How far a case has come, as far as force is concerned. */
type Stretch =
  | 'unordered' // nothing of it is under way
  | 'under way' // its Unbind may be at the terminal, and has no Proceed
  | 'behind the line' // Proceed is committed, and no proof has come
  | 'answered' // the terminal or the host answers within moments, or there is a proof: never by force

export const forceStretches: Readonly<Record<CaseState, Stretch>> = {
  OPENED: 'unordered',
  PRECHECK: 'unordered',
  BLOCKED: 'unordered',
  AWAITING_APPROVAL: 'unordered',
  APPROVED: 'unordered',
  POSTPONED: 'unordered',
  DISPATCHED: 'under way',
  WAITING_DEVICE: 'under way',
  QUIESCING: 'under way',
  FLUSHING: 'under way',
  SETTLING: 'under way',
  UPLOADING: 'under way',
  // Only the terminal's signed word would lead on.
  ABORTING: 'under way',
  PROCEED_UNKNOWN: 'behind the line',
  ERASING_KEYS: 'behind the line',
  ERASING_PARAMS: 'behind the line',
  AWAITING_PROOF: 'behind the line',
  FAILED_PARTIAL: 'behind the line',
  // A lease of two minutes runs; when it is over the case is ABORTING.
  READY: 'answered',
  TID_BLOCKING: 'answered',
  // Ten seconds later it is PROCEED_UNKNOWN.
  PROCEED_SENT: 'answered',
  // The terminal has spoken, and sells again: the host is owed.
  TID_UNBLOCKING: 'answered',
  PROVEN: 'answered',
  DEREGISTERING: 'answered',
  FORCED: 'answered',
  CLOSED: 'answered',
  CLOSED_UNPROVEN: 'answered',
  CANCELLED: 'answered',
  REJECTED: 'answered',
}

interface ForceRule {
  readonly code: string
  readonly en: string
  readonly zh: string
  readonly from: readonly Stretch[]
  /** One of these must lie with the case; none is wanted where the list is empty. */
  readonly documents: readonly DocumentKindName[]
  /** What it may rest on instead of a paper, or must. */
  readonly needs?: 'silence' | 'tamper or a document'
  /** Where the terminal stands once the host has blocked its TID. */
  readonly leaves: TerminalState
  /** The merchant is told nothing of it, whatever the reason of the case. */
  readonly isQuiet?: true
}

const anywhere: readonly Stretch[] = ['unordered', 'under way', 'behind the line']

export const forceReasons = [
  {
    code: 'FORCE_DEVICE_LOST',
    en: 'The terminal is lost or stolen',
    zh: '终端遗失、被盗',
    from: anywhere,
    documents: [],
    leaves: 'LOST',
  },
  {
    // Somebody has stood before it; a merchant who says so is no finding.
    code: 'FORCE_DEVICE_DEAD',
    en: 'The terminal is dead',
    zh: '终端损坏、无法开机',
    from: anywhere,
    documents: ['inspection-photo'],
    leaves: 'UNPROVEN',
  },
  {
    code: 'FORCE_SILENT_TIMEOUT',
    en: 'The terminal has been silent for too long',
    zh: '终端长期失联',
    from: ['under way', 'behind the line'],
    documents: [],
    needs: 'silence',
    leaves: 'UNPROVEN',
  },
  {
    code: 'FORCE_TAMPERED',
    en: 'The terminal was tampered with: its keys are gone',
    zh: '终端触发自毁',
    from: anywhere,
    documents: ['inspection-photo'],
    needs: 'tamper or a document',
    leaves: 'TAMPERED',
  },
  {
    // Court and police tell whom they want to tell.
    code: 'FORCE_COURT_OR_POLICE',
    en: 'A court or the police holds the terminal, or orders it',
    zh: '司法、公安要求',
    from: anywhere,
    documents: ['court-order'],
    leaves: 'UNPROVEN',
    isQuiet: true,
  },
  {
    code: 'FORCE_DEPOT_ERASED',
    en: 'A depot has erased the terminal by hand, with a certificate',
    zh: '库房已清除',
    from: anywhere,
    documents: ['erasure-certificate'],
    leaves: 'IN_STOCK',
  },
] as const satisfies readonly ForceRule[]

export type ForceReason = (typeof forceReasons)[number]['code']

const rules: ReadonlyMap<string, ForceRule> = new Map(forceReasons.map((one) => [one.code, one]))

export const forceReasonCodes: readonly string[] = [...rules.keys()]
export const isForceReason = (text: string): text is ForceReason => rules.has(text)
export const isQuietForce = (reason: string): boolean => rules.get(reason)?.isQuiet === true

/** What is known of case and terminal when somebody wants to force it. */
export interface ForceFacts {
  readonly state: CaseState
  /** JSON, as the case's row has it. */
  readonly waitsFor: string
  /** When the terminal was last there, or the case was opened, whichever is later; null: it is there. */
  readonly silentSinceMs: EpochMs | null
  /** Of the document that comes with it, where one does that lies with this case. */
  readonly documentKind: string | undefined
  readonly atMs: EpochMs
}

export type ForceObstacle =
  | { readonly code: 'ILLEGAL_STATE' }
  /** Not silent for long enough. */
  | { readonly code: 'NOT_SILENT_YET' }
  | { readonly code: 'DOCUMENT_MISSING'; readonly wanted: readonly string[] }

const isTampered = ({ waitsFor }: ForceFacts): boolean =>
  readWaits(waitsFor).includes('DEVICE_TAMPERED')

const isSilent = ({ silentSinceMs, atMs }: ForceFacts): boolean =>
  silentSinceMs !== null && atMs - silentSinceMs >= caseLimits.forceAfterSilenceMs

/** Undefined where it may be forced for this reason now. */
export const forceObstacle = (
  reason: ForceReason,
  facts: ForceFacts,
): ForceObstacle | undefined => {
  const rule = rules.get(reason)
  if (rule === undefined || !rule.from.includes(forceStretches[facts.state])) {
    return { code: 'ILLEGAL_STATE' }
  }
  if (rule.needs === 'silence' && !isSilent(facts)) return { code: 'NOT_SILENT_YET' }
  if (rule.documents.length === 0) return undefined
  if (rule.needs === 'tamper or a document' && isTampered(facts)) return undefined
  const isThere = rule.documents.some((kind) => kind === facts.documentKind)
  return isThere ? undefined : { code: 'DOCUMENT_MISSING', wanted: rule.documents }
}

/** For which reasons it may be forced now, given the papers: what the case offers. */
export const forceOffers = (
  facts: Omit<ForceFacts, 'documentKind'>,
): readonly (typeof forceReasons)[number][] =>
  forceReasons.filter(({ code }) => {
    const obstacle = forceObstacle(code, { ...facts, documentKind: undefined })
    return obstacle === undefined || obstacle.code === 'DOCUMENT_MISSING'
  })

export const silentSince = (
  terminal: { readonly sessionSinceMs: number | null; readonly sessionEndedMs: number | null },
  caseOpenedAtMs: EpochMs,
): EpochMs | null => {
  const { sessionSinceMs, sessionEndedMs } = terminal
  if (sessionSinceMs !== null && sessionEndedMs === null) return null
  return Math.max(sessionEndedMs ?? 0, caseOpenedAtMs)
}

/** What is known of a terminal that was forced closed: what was worse before stays. */
export const terminalAfterForce = (
  before: TerminalState,
  force: { readonly reason: string; readonly unbindReason: string },
): TerminalState => {
  if (before === 'DECOMMISSIONED' || before === 'TAMPERED') return before
  const leaves = rules.get(force.reason)?.leaves ?? 'UNPROVEN'
  if (leaves !== 'UNPROVEN') return leaves
  const isLost = force.unbindReason === 'LOST' || force.unbindReason === 'STOLEN'
  return isLost || before === 'LOST' ? 'LOST' : 'UNPROVEN'
}

/** What two persons vote on, beside the terminal, its binding and its epoch. */
export interface ForceParameters {
  readonly case: string
  readonly reason: ForceReason
  /** Null: none is wanted. */
  readonly document: string | null
  /** Should it ever appear again it is erased, and what it has not settled is lost. */
  readonly withoutSettlement: true
}

export const forceParametersOf = (parameters: unknown): ForceParameters | undefined => {
  const { case: about, reason, document } = (parameters ?? {}) as Readonly<Record<string, unknown>>
  if (typeof about !== 'string' || typeof reason !== 'string' || !isForceReason(reason)) {
    return undefined
  }
  if (document !== null && typeof document !== 'string') return undefined
  return { case: about, reason, document, withoutSettlement: true }
}
