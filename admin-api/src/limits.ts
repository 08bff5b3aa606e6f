/** Every limit of the HTTP API, by name, units last. Limits of the wire are protocol's. */
const minuteMs = 60_000
const daySeconds = 86_400

export const apiLimits = {
  bodyBytesMax: 64 * 1024,
  headerBytesMax: 16 * 1024,
  /** A whole request, from its first byte to its last. */
  requestMsMax: 30_000,
  headersMsMax: 10_000,
  keepAliveMsMax: 65_000,
  connectionsMax: 2_000,

  pageRowsDefault: 50,
  pageRowsMax: 200,
  cursorLengthMax: 64,
  idempotencyKeyLengthMax: 255,
  /** Wrong fields named in one problem; what is beyond is cut. */
  problemFieldsMax: 64,
  fieldNameLengthMax: 80,

  merchantNameBytesMax: 200,
  nameLengthMax: 100,
  addressLengthMax: 300,
  vendorLengthMax: 64,
  tusnLengthMax: 64,
  certificatePemLengthMax: 16 * 1024,
  csrPemLengthMax: 16 * 1024,
  enrolmentTokenLengthMax: 512,

  tokenBytes: 32,
  tokenLifetimeSecondsDefault: 90 * daySeconds,
  tokenLifetimeSecondsMax: 366 * daySeconds,
  enrolmentLifetimeSecondsMin: 60,
  /** Architecture §8: at most a day. */
  enrolmentLifetimeSecondsMax: daySeconds,
  commandLifetimeSecondsMin: 10,
  commandLifetimeSecondsMax: 30 * daySeconds,
  settleTimeoutSecondsDefault: 600,

  enrolmentsPerAddressMax: 1_200,
  enrolmentsWindowMs: minuteMs,
  /** Addresses that the enrolment limit remembers. */
  enrolmentAddressesMax: 5_000,
} as const
