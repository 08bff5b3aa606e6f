/** Every limit of a fleet, by name, units last. */
export const fleetLimits = {
  countMax: 100_000,
  /** Registered and enrolled at the same time. */
  onboardedAtOnce: 8,
  /** Per terminal, to count an answer once that is said again. */
  answersKept: 64,
  /** Switched on, and neither welcomed nor turned away yet. */
  startingAtOnce: 32,
  startMsMax: 20_000,
  onlineMsMin: 60_000,
  onlineMsPerTerminal: 20,
} as const
