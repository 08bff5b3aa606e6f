/**
 * A registry that was asked and has not said yes. The first time, and where it says something else, is a
 * line of the ledger; that nothing has changed is none, however often it was asked.
 */
import type { CaseInput } from './inputs.js'
import { caseLimits } from './limits.js'
import { stay, type CaseMove, type CaseSituation } from './move.js'
import type { WaitingCode } from './waiting.js'
import { writeWaits } from './waits.js'

/** Whoever finds it due has it for a step; who comes second waits. */
export const askAgain = (s: CaseSituation, atMs: number): CaseMove =>
  s.dueAtMs === null || s.dueAtMs > atMs
    ? stay('it is not due')
    : { move: 'later', dueAtMs: atMs + caseLimits.stepMs }

const restMs = ({ because, silentForMs }: Omit<NoAnswer, 'on'>): number => {
  const { checkAgainMs, askAgainLaterMs, registryAgainMsMax } = caseLimits
  if (because === 'REGISTRY_REFUSED') return askAgainLaterMs
  return Math.min(registryAgainMsMax, Math.max(checkAgainMs, silentForMs))
}

type NoAnswer = Extract<CaseInput, { on: 'not-deregistered' }>

export const noAnswer = (
  s: CaseSituation,
  input: NoAnswer,
  beside: readonly WaitingCode[],
  atMs: number,
): CaseMove => {
  const { because } = input
  const waitsFor = writeWaits([...beside, because])
  const dueAtMs = atMs + restMs(input)
  return s.waitsFor === waitsFor
    ? { move: 'later', dueAtMs }
    : { move: 'to', set: { waitsFor, dueAtMs }, event: 'registry_silent', data: { because } }
}
