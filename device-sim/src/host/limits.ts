/** Every limit of the simulated host, by name, units last. */
const kib = 1024

export const hostLimits = {
  /** One message on the terminals' port, without its two bytes of length. */
  messageBytesMax: 16 * kib,
  terminalConnectionsMax: 4_096,
  /** Requests of one connection that were read and are not answered yet; then reading pauses. */
  requestsPerConnectionMax: 8,
  handshakeMsMax: 10_000,
  /** A terminal's connection without a message; it dials again when it needs one. */
  idleMsMax: 300_000,
  /** From a message's first byte to its last. */
  messageMsMax: 10_000,

  apiConnectionsMax: 256,
  apiBodyBytesMax: 4 * kib,
  apiHeaderBytesMax: 8 * kib,
  apiRequestMsMax: 10_000,
  reasonLengthMax: 256,

  acquirerCodeLengthMax: 16,
  midLengthMax: 15,
  tidLengthMax: 8,
  snLengthMax: 50,
  currencyLength: 3,

  tidsMax: 200_000,
  traceMax: 999_999,
  batchNumberMax: 999_999,
  amountMinorMax: 999_999_999_999,
  entriesPerBatchMax: 5_000,
  batchRecordsPerUploadMax: 64,
  settledBatchesKeptMax: 400,
  callsKeptMax: 200,
  attemptsKeptMax: 50,

  /** Records since the last snapshot; then the file is written anew, once it is also this long. */
  journalRecordsMax: 100_000,
  journalBytesMin: 16 * kib * kib,
  linesPerWriteMax: 1_000,
  /** Records that wait for the disk; beyond it no request is taken. */
  unsyncedRecordsMax: 10_000,

  clientConnectionsMax: 64,
  clientWaitingMax: 1_024,
} as const
