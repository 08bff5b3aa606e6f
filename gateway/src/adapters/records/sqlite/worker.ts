/**
 * A thread that has the database open, as writer or as reader. It takes messages in turn, runs each to
 * its end and answers it; it decides nothing and keeps no queue of its own. Started from `dist`:
 * Node 20 runs no TypeScript.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { operations } from '../../../core/operations/catalogue.js'
import { migrations } from './migrations/catalogue.js'
import { RecordsRefused } from './refused.js'
import type { Answer, GroupItem } from './run-group.js'
import { SqliteReader } from './sqlite-reader.js'
import { SqliteStore } from './sqlite-store.js'
import {
  wireAnswer,
  type FromWorker,
  type ToWorker,
  type WireAnswer,
  type WorkerStart,
} from './worker-messages.js'

/** What both roles can do. */
interface Database {
  readonly failure: string | undefined
  run(items: readonly GroupItem[]): readonly Answer[]
  /** Called when the answers have left. */
  afterwards?(): void
  recover(): boolean
  close(): void
}

if (parentPort === null) throw new Error('this file is the body of a worker thread')
const port = parentPort

const post = (message: FromWorker): void => {
  port.postMessage(message)
}

const open = (start: WorkerStart): Database | undefined => {
  try {
    const { file, nowMs, role } = start
    const database =
      role === 'writer'
        ? new SqliteStore({ file, nowMs, migrations, operations })
        : new SqliteReader(file)
    post({ kind: 'opened' })
    return database
  } catch (error) {
    post({
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
  items: readonly GroupItem[],
  answers: readonly WireAnswer[],
  failure: string | undefined,
): void => {
  const wrap = (list: readonly WireAnswer[]): FromWorker =>
    failure === undefined
      ? { kind: 'answers', answers: list }
      : { kind: 'answers', answers: list, failure }
  try {
    post(wrap(answers))
  } catch {
    post(wrap(answers.map((answer, place) => plain(answer, items[place]?.name ?? ''))))
  }
}

const runBatch = (database: Database, items: readonly GroupItem[]): void => {
  const answers = database.run(items).map(wireAnswer)
  const { failure } = database
  postAnswers(items, answers, failure)
  database.afterwards?.()
  if (failure === undefined && database.failure !== undefined) {
    post({ kind: 'failed', failure: database.failure })
  }
}

const recover = (database: Database): void => {
  const failure = database.recover() ? undefined : database.failure
  post(failure === undefined ? { kind: 'recovered' } : { kind: 'failed', failure })
}

const handle = (database: Database, message: ToWorker): void => {
  switch (message.kind) {
    case 'batch':
      return runBatch(database, message.items)
    case 'recover':
      return recover(database)
    case 'close':
      database.close()
      return port.close()
    default:
      return message satisfies never
  }
}

const database = open(workerData as WorkerStart)
if (database !== undefined) port.on('message', (message: ToWorker) => handle(database, message))
