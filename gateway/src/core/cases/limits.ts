/** Every limit of unbind cases, by name; units last. */
export const caseLimits = {
  /** How often the merchant may press *later* (domain §6.3). */
  postponementsMax: 3,
  postponedForMs: 4 * 3_600_000,
  /** A case that names no deadline. */
  deadlineMsDefault: 14 * 24 * 3_600_000,
  deadlineMsMax: 180 * 24 * 3_600_000,
  /** An appointment lies no further ahead. */
  startsInMsMax: 90 * 24 * 3_600_000,
  /** How often its appointment is moved, by whomever. */
  reschedulesMax: 5,
  /** How long the terminal may settle before it gives its prepare up. */
  settleTimeoutS: 600,
  /** Of each Unbind that a case orders: the case outlives it and orders another. */
  orderLifetimeMs: 24 * 3_600_000,
  /** Before a late comer that gave no proof is asked to erase again; doubles. */
  erasePauseMs: 60_000,
  erasePauseMsMax: 6 * 3_600_000,
  /** Partial proofs after which the terminal goes to the depot. */
  partialProofsMax: 3,
  /** After an order without a word the case shows WAITING_DEVICE. */
  silentAfterMs: 60_000,
  /** How soon the terminal is asked again after a refusal that a moment, or some hours, may overcome. */
  askAgainSoonMs: 60_000,
  askAgainLaterMs: 15 * 60_000,
  /** How soon what clears by itself is looked at again. */
  checkAgainMs: 60_000,
  /** A registry that stays silent is asked again after as long as it has been so, and no later than this. */
  registryAgainMsMax: 15 * 60_000,
  /** How soon a step that could not be taken is tried again. */
  notYetMs: 10_000,
  /** A claim to a step: who took it and died is followed after this. */
  stepMs: 30_000,
  /** A terminal that was not heard of for so long may be given up (domain §6.3, FORCE_SILENT_TIMEOUT). */
  forceAfterSilenceMs: 30 * 24 * 3_600_000,
  noteLettersMax: 500,
  waiversMax: 16,
  /** Documents that a case names; more may be uploaded for it. */
  papersMax: 64,
  /** Notes of fees and deposits, without those that take one back. */
  feesMax: 32,
  /** Of one note, in the currency's smallest unit. */
  feeAmountMinorMax: 1_000_000_000_000,
  /** Versions of one closing agreement: each is a change of what it says. */
  agreementVersionsMax: 64,
  casesPerTurnMax: 100,
  stepsAtOnceMax: 16,
} as const
