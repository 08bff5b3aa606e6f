/** Every limit of the merchant's side, by name; units last. */
export const merchantLimits = {
  contactsPerMerchantMax: 8,
  mailboxLengthMax: 254,
  webhookNameLengthMax: 64,
  codeDigits: 6,
  codeMs: 10 * 60_000,
  /** Wrong tries of one code; the last of them ends it. */
  codeTriesMax: 5,
  codesPerHourMax: 5,
  codesWindowMs: 3_600_000,
  /** In the whole life of a case; after that it is confirmed at the counter. */
  codesPerCaseMax: 40,
  codeSaltBytes: 16,
  linkMsDefault: 30 * 24 * 3_600_000,
  linkMsMax: 180 * 24 * 3_600_000,
  noticesPerTurnMax: 50,
  /** Before a notice whose fate is unknown goes out again, under the same key; doubled up to the most. */
  noticeRetryMs: 5_000,
  noticeRetryMsMax: 15 * 60_000,
  /** A notice that is no code is tried for so long; what lies further back is told to nobody. */
  noticePatienceMs: 3 * 24 * 3_600_000,
  /** Of one case to one contact, codes apart. */
  statusNoticesPerDayMax: 6,
  /** Of these, kept for how the case ended. */
  endingNoticesPerDay: 2,
  statusNoticesWindowMs: 24 * 3_600_000,
  /** Of one case to one contact in its whole life, codes among them. */
  noticesPerCaseMax: 128,
} as const
