// Every limit of the wire, by name, units last. README.md §14 prints this table; a test compares.
// A limit may grow in a later version of the protocol; it never shrinks within one.
const kib = 1024

export const wireLimits = {
  /** One MQTT packet after CONNECT was accepted; the envelope has to leave room for the topic. */
  packetBytesMax: 64 * kib,
  envelopeBytesMax: 62 * kib,
  bodyBytesMax: 60 * kib,

  snLengthMax: 50,
  idBytes: 16,
  hashBytes: 32,
  kidBytes: 8,
  keyShareBytes: 65,
  macTagBytes: 32,
  sessionKeyBytes: 32,
  signatureBytesMin: 64,
  signatureBytesMax: 512,

  merkleDepthMax: 20,
  treeSizeMax: 2 ** 20,

  sequenceMax: Number.MAX_SAFE_INTEGER,
  epochMax: 0xffffffff,
  commandTypeMax: 127,
  codeMax: 9_999,

  payloadBytesMax: 16 * kib,
  detailLengthMax: 160,
  reasonLengthMax: 64,
  firmwareLengthMax: 64,
  modelLengthMax: 64,
  capabilitiesMax: 64,
  capabilityLengthMax: 32,
  keySlotsMax: 64,
  keyPurposeLengthMax: 16,
  keyAlgorithmLengthMax: 16,
  areasMax: 32,
  areaNameLengthMax: 32,
  methodLengthMax: 32,

  acquirerCodeLengthMax: 16,
  midLengthMax: 15,
  tidLengthMax: 8,
  storeIdLengthMax: 64,
  merchantNameBytesMax: 200,
  settleTimeoutSMax: 86_400,

  leaseSMax: 3_600,
  /** A QR of version 15 with medium correction holds 600 letters and digits: a display shows it, a
   * telephone reads it. */
  frameTextMax: 600,
  /** What fits in such a frame beside its head. */
  frameBytesMax: 360,
  /** More than any Ready, answer or Proof needs, and no more than a person has patience for. */
  framesMax: 24,
  heartbeatSMin: 5,
  heartbeatSMax: 86_400,
  batteryPercentMax: 101,

  signersMax: 32,
  publicKeyBytesMax: 1_024,
  certificateBytesMax: 8 * kib,
  chainBytesMax: 24 * kib,
  csrBytesMax: 8 * kib,

  /** What a terminal's journal keeps at least. */
  journalCommandsMin: 64,
} as const
