/** Every limit of enrolment, by name, units last. */
export const enrolLimits = {
  answerBytesMax: 1_024 * 1_024,
  requestMsMax: 30_000,
  connectionsMax: 8,
  rateLimitTriesMax: 60,
  rateLimitRestMs: 2_000,
} as const
