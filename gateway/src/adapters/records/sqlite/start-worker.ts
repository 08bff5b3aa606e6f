/** Starts the thread of `worker.ts`, which lies compiled beside this file. */
import { Worker } from 'node:worker_threads'
import type { WorkerStart } from './worker-messages.js'

export type StartWorker = (start: WorkerStart) => Worker

export const startWorkerThread: StartWorker = (start) =>
  new Worker(new URL('./worker.js', import.meta.url), {
    name: 'tillgate-records',
    workerData: start,
  })
