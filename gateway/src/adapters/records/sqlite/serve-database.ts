/**
 * The body of a thread that has the database open, as writer or as reader. It takes messages in turn,
 * runs each to its end and answers it; it decides nothing and keeps no queue of its own.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { packedOrNot, unpackWindows } from './packed-values.js'
import { RecordsRefused } from '../refused.js'
import type { Answer, GroupItem } from '../group.js'
import {
  wireAnswer,
  type FromWorker,
  type ToWorker,
  type WireAnswer,
  type WorkerStart,
} from './worker-messages.js'

/** What both roles can do. */
export interface ServedDatabase {
  readonly failure: string | undefined
  run(items: readonly GroupItem[]): readonly Answer[]
  /** Called when the answers have left. */
  afterwards(): void
  recover(): boolean
  close(): void
}

interface Port {
  post(message: FromWorker, handOver?: readonly ArrayBuffer[]): void
  close(): void
}

const tryToOpen = (
  port: Port,
  open: (start: WorkerStart) => ServedDatabase,
): ServedDatabase | undefined => {
  try {
    const database = open(workerData as WorkerStart)
    port.post({ kind: 'opened' })
    return database
  } catch (error) {
    port.post({
      kind: 'refused',
      code: error instanceof RecordsRefused ? error.code : undefined,
      message: error instanceof Error ? error.message : String(error),
    })
    return undefined
  }
}

/** A result that can't be posted: the operation took place, its caller learns that it has a bug. */
const plain = (answer: WireAnswer, operation: string): WireAnswer => {
  try {
    return structuredClone(answer)
  } catch {
    const detail = 'committed, but its result is no plain data'
    return { kind: 'bug', bug: { code: 'SHAPE', operation, detail } }
  }
}

const postAnswers = (
  port: Port,
  items: readonly GroupItem[],
  answers: readonly WireAnswer[],
  failure: string | undefined,
): void => {
  const wrap = (list: Uint8Array<ArrayBuffer> | readonly WireAnswer[]): FromWorker =>
    failure === undefined
      ? { kind: 'answers', answers: list }
      : { kind: 'answers', answers: list, failure }
  const packed = packedOrNot(answers)
  if (packed !== undefined) return port.post(wrap(packed), [packed.buffer])
  try {
    port.post(wrap(answers))
  } catch {
    port.post(wrap(answers.map((answer, place) => plain(answer, items[place]?.name ?? ''))))
  }
}

const runBatch = (port: Port, database: ServedDatabase, items: readonly GroupItem[]): void => {
  const answers = database.run(items).map(wireAnswer)
  const { failure } = database
  postAnswers(port, items, answers, failure)
  database.afterwards()
  if (failure === undefined && database.failure !== undefined) {
    port.post({ kind: 'failed', failure: database.failure })
  }
}

const recover = (port: Port, database: ServedDatabase): void => {
  const failure = database.recover() ? undefined : (database.failure ?? 'it has failed')
  port.post(failure === undefined ? { kind: 'recovered' } : { kind: 'failed', failure })
}

const handle = (port: Port, database: ServedDatabase, message: ToWorker): void => {
  switch (message.kind) {
    case 'packed':
      return runBatch(port, database, unpackWindows(message.items) as readonly GroupItem[])
    case 'batch':
      return runBatch(port, database, message.items)
    case 'recover':
      return recover(port, database)
    case 'close':
      database.close()
      return port.close()
    default:
      return message satisfies never
  }
}

export const serveDatabase = (open: (start: WorkerStart) => ServedDatabase): void => {
  if (parentPort === null) throw new Error('this is the body of a worker thread')
  const channel = parentPort
  const port: Port = {
    post: (message, handOver = []) => channel.postMessage(message, handOver),
    close: () => channel.close(),
  }
  const database = tryToOpen(port, open)
  if (database === undefined) return
  channel.on('message', (message: ToWorker) => handle(port, database, message))
}
