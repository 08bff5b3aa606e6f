/**
 * The thread that owns the database. It takes messages in turn, runs each to its end and answers it;
 * it decides nothing and keeps no queue of its own. Started from `dist`: Node 20 runs no TypeScript.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { operations } from '../../../core/operations/catalogue.js'
import { migrations } from './migrations/catalogue.js'
import { OperationBug } from './operation-bug.js'
import { RecordsRefused } from './refused.js'
import type { Answer, GroupItem } from './run-group.js'
import { SqliteStore } from './sqlite-store.js'
import {
  wireBug,
  type FromWorker,
  type ToWorker,
  type WireAnswer,
  type WorkerStart,
} from './worker-messages.js'

if (parentPort === null) throw new Error('this file is the body of a worker thread')
const port = parentPort

const post = (message: FromWorker): void => {
  port.postMessage(message)
}

const openStore = (start: WorkerStart): SqliteStore | undefined => {
  try {
    const store = new SqliteStore({ ...start, migrations, operations })
    post({ kind: 'opened' })
    return store
  } catch (error) {
    post({
      kind: 'refused',
      code: error instanceof RecordsRefused ? error.code : undefined,
      message: error instanceof Error ? error.message : String(error),
    })
    return undefined
  }
}

const wireAnswer = (answer: Answer): WireAnswer =>
  answer.kind === 'bug' ? { kind: 'bug', bug: wireBug(answer.bug) } : answer

const uncloneable = (name: string): WireAnswer => ({
  kind: 'bug',
  bug: { code: 'THREW', operation: name, detail: 'committed, but its result is no plain data' },
})

const cloneable = (answer: WireAnswer, name: string): WireAnswer => {
  try {
    return structuredClone(answer)
  } catch {
    return uncloneable(name)
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
    post(wrap(answers.map((answer, place) => cloneable(answer, items[place]?.name ?? ''))))
  }
}

const find = (store: SqliteStore, item: GroupItem): WireAnswer => {
  try {
    return { kind: 'result', result: store.query(item.name, item.input) }
  } catch (error) {
    if (store.database === undefined) return { kind: 'unavailable' }
    const detail = error instanceof Error ? error.message : String(error)
    return { kind: 'bug', bug: wireBug(new OperationBug('THREW', item.name, detail)) }
  }
}

const afterwards = (store: SqliteStore, failedBefore: boolean): void => {
  store.checkpointWhenDue()
  if (!failedBefore && store.failure !== undefined) post({ kind: 'failed', failure: store.failure })
}

const handle = (store: SqliteStore, message: ToWorker): void => {
  switch (message.kind) {
    case 'group': {
      const answers = store.run(message.items).map(wireAnswer)
      const { failure } = store
      postAnswers(message.items, answers, failure)
      return afterwards(store, failure !== undefined)
    }
    case 'reads':
      return post({ kind: 'found', answers: message.items.map((item) => find(store, item)) })
    case 'recover':
      return post(
        store.recover()
          ? { kind: 'recovered' }
          : { kind: 'failed', failure: store.failure ?? 'the store has failed' },
      )
    case 'close':
      store.close()
      post({ kind: 'closed' })
      return port.close()
    default:
      return message satisfies never
  }
}

const store = openStore(workerData as WorkerStart)
if (store !== undefined) port.on('message', (message: ToWorker) => handle(store, message))
