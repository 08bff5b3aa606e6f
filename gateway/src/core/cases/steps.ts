/**
 * What a case that is due wants done, by its state. Each step is idempotent: it looks at the records, asks
 * one question outside under a key of its own, and commits what came of it; a crash anywhere is followed
 * by the same step again. What takes a step back stands beside it; after the point of no return nothing does.
 */
import type { CaseState } from './states.js'

export type CaseStep =
  'check' | 'look-again' | 'order' | 'note-silence' | 'deregister' | 'block-for-good'

interface StepRow {
  readonly step: CaseStep
  readonly states: readonly CaseState[]
  readonly does: string
  readonly undoneBy: 'nothing to undo' | 'the command is cancelled' | 'rolls forward'
}

export const caseSteps: readonly StepRow[] = [
  {
    step: 'check',
    states: ['OPENED', 'PRECHECK'],
    does: 'asks the host what is open for the TID, and the records what the gateway knows',
    undoneBy: 'nothing to undo',
  },
  {
    step: 'look-again',
    states: ['BLOCKED'],
    does: 'takes up a case again that waited for what clears by itself',
    undoneBy: 'nothing to undo',
  },
  {
    step: 'order',
    states: ['APPROVED', 'POSTPONED', 'WAITING_DEVICE'],
    does: 'orders the Unbind: settle, Ready, block the TID, Proceed, erase, Proof',
    undoneBy: 'the command is cancelled',
  },
  {
    step: 'note-silence',
    states: ['DISPATCHED'],
    does: 'says that the terminal is silent, where it has no session',
    undoneBy: 'nothing to undo',
  },
  {
    step: 'deregister',
    states: ['PROVEN', 'DEREGISTERING', 'CLOSED_UNPROVEN'],
    does: 'asks the registry to cancel the association, under the uuid of the case',
    undoneBy: 'rolls forward',
  },
  {
    step: 'block-for-good',
    states: ['FORCED'],
    does: 'has the host block the TID of a case that was forced, under a number of its own',
    undoneBy: 'rolls forward',
  },
]

const stepsByState: ReadonlyMap<CaseState, CaseStep> = new Map(
  caseSteps.flatMap(({ step, states }) => states.map((state) => [state, step] as const)),
)

export const stepOf = (state: CaseState): CaseStep | undefined => stepsByState.get(state)
