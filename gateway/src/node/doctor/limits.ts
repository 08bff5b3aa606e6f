/** Where a doctor begins to warn or to refuse, by name, units last. */
const gib = 2 ** 30
const day = 86_400_000

export const doctorLimits = {
  nodeVersionMin: [20, 19] as const,
  freeBytesWarn: 5 * gib,
  freeBytesFail: gib / 4,
  /** Median of so many writes with an fsync each. */
  syncRounds: 21,
  syncMsWarn: 10,
  syncMsFail: 200,
  clocksApartMsWarn: 2_000,
  clocksApartMsFail: 60_000,
  certificateLeftMsWarn: 14 * day,
  caLeftMsWarn: 365 * day,
  /** For everything that is no terminal's socket: records, Redis, API, log. */
  openFilesReserve: 1_000,
  /** For whatever waits for somebody else's answer. */
  patienceMs: 8_000,
} as const
