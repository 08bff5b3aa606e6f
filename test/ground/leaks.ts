// What a test file must not leave behind: a listening socket, a connection, a child process, a
// worker. Asked once all its hooks have run; closing takes a moment, so it waits that long.
import type { Worker } from 'node:worker_threads'
import { pause } from './wait-for.js'

const WATCHED: Readonly<Record<string, string>> = {
  TCPServerWrap: 'listening socket',
  TCPSocketWrap: 'connection',
  ProcessWrap: 'child process',
}

const GRACE_MS = 3_000
const STEP_MS = 20

export type Resources = ReadonlyMap<string, number>

export interface Watch {
  /** Throws, after a moment's grace, when something that was opened since is still open. */
  assertNothingLeft(graceMs?: number): Promise<void>
  end(): void
}

export const countResources = (names: readonly string[]): Resources => {
  const counts = new Map<string, number>()
  for (const name of names) {
    if (name in WATCHED) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

export const leaked = (before: Resources, after: Resources, workers: number): string[] => {
  const leaks: string[] = []
  for (const [name, count] of after) {
    const more = count - (before.get(name) ?? 0)
    if (more > 0) leaks.push(`${more} × ${WATCHED[name]}`)
  }
  if (workers > 0) leaks.push(`${workers} × worker`)
  return leaks
}

export const watchResources = (): Watch => {
  const before = countResources(process.getActiveResourcesInfo())
  const workers = new Set<Worker>()
  const onWorker = (worker: Worker): void => {
    workers.add(worker)
    worker.once('exit', () => workers.delete(worker))
  }
  process.on('worker', onWorker)

  const leaks = (): string[] =>
    leaked(before, countResources(process.getActiveResourcesInfo()), workers.size)

  return {
    assertNothingLeft: async (graceMs = GRACE_MS) => {
      for (let waitedMs = 0; leaks().length > 0; waitedMs += STEP_MS) {
        if (waitedMs >= graceMs) throw new Error(`this test file left open: ${leaks().join(', ')}`)
        await pause(STEP_MS)
      }
    },
    end: () => process.off('worker', onWorker),
  }
}
