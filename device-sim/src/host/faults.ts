/**
 * What may go wrong on one of the host's ports, on order: slow answers, answers that are lost after
 * their effect, refusals, silence. A test turns `plan` while the host runs; the rates draw from the
 * chance that was given, so a seed repeats them.
 */
import type { RefusalCode } from './messages.js'
import type { DurationMs } from '../system/system.js'

export interface FaultPlan {
  /** Each answer waits this long, after its effect. */
  answerDelayMs: DurationMs
  /** In this share of answers, 0 to 1, it waits `slowMs` more. */
  slowRate: number
  slowMs: DurationMs
  /** The effect happens, then the connection is cut. */
  loseNextAnswers: number
  loseAnswerRate: number
  /** Refused unread; on the HTTPS port as 503, whatever the code. */
  refuseNext: number
  refuseCode: RefusalCode
  /** Cut before any effect. */
  isUnavailable: boolean
}

export const noFaults: Readonly<FaultPlan> = {
  answerDelayMs: 0,
  slowRate: 0,
  slowMs: 0,
  loseNextAnswers: 0,
  loseAnswerRate: 0,
  refuseNext: 0,
  refuseCode: '05',
  isUnavailable: false,
}

export interface Faults {
  readonly plan: FaultPlan
  /** Counts down `refuseNext`. */
  takeRefusal(): RefusalCode | undefined
  /** Counts down `loseNextAnswers`. */
  takeLoss(): boolean
  delayMs(): DurationMs
}

export const createFaults = (given: Partial<FaultPlan>, chance: () => number): Faults => {
  const plan: FaultPlan = { ...noFaults, ...given }
  return {
    plan,
    takeRefusal: () => {
      if (plan.refuseNext <= 0) return undefined
      plan.refuseNext--
      return plan.refuseCode
    },
    takeLoss: () => {
      if (plan.loseNextAnswers > 0) {
        plan.loseNextAnswers--
        return true
      }
      return plan.loseAnswerRate > 0 && chance() < plan.loseAnswerRate
    },
    delayMs: () => {
      const isSlow = plan.slowRate > 0 && chance() < plan.slowRate
      return plan.answerDelayMs + (isSlow ? plan.slowMs : 0)
    },
  }
}
