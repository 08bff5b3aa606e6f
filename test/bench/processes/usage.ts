/** What this process has used, all its threads together. */

export interface Memory {
  readonly rssBytes: number
  /** V8's heap with what hangs outside of it. */
  readonly heapBytes: number
}

/** CPU seconds, user and system, of all threads since the start. */
export const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** After collections, so that what is left is held. */
export const memory = async (): Promise<Memory> => {
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  return { rssBytes: rss, heapBytes: heapUsed + external }
}
