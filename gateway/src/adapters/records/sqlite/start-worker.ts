/** Starts the thread of a role; its file lies compiled beside this one. */
import { Worker } from 'node:worker_threads'
import type { WorkerStart } from './worker-messages.js'

export type Role = 'writer' | 'reader'

const bodies: { readonly [R in Role]: URL } = {
  writer: new URL('./writer-worker.js', import.meta.url),
  reader: new URL('./reader-worker.js', import.meta.url),
}

export const startWorker = (role: Role, start: WorkerStart): Worker =>
  new Worker(bodies[role], { name: `records-${role}`, workerData: start })
