/** Starts the thread of `worker.ts`, which lies compiled beside this file. */
import { Worker } from 'node:worker_threads'
import type { WorkerStart } from './worker-messages.js'

export const startWorker = (start: WorkerStart): Worker =>
  new Worker(new URL('./worker.js', import.meta.url), {
    name: `records-${start.role}`,
    workerData: start,
  })
