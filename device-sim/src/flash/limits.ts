/** Every limit of a terminal's flash, by name, units last. */
const kib = 1024

export const flashLimits = {
  /** One frame of the file: everything that one sync makes durable. */
  frameBytesMax: 4 * kib * kib,
  /** Appended since the last snapshot; then the file is written anew. */
  appendedBytesMax: 256 * kib,
} as const
