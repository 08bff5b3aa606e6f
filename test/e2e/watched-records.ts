/**
 * The node's own records with an ear at the door: a test hears of each operation before it is
 * submitted, and may hold it back or let it fail. What gets through is what the records do.
 */
import { openSqliteRecords, systemClock, systemTimers } from '@tillgate/gateway'
import type { InputOf, Log, OperationName, Records } from '@tillgate/gateway'

export interface Submitted<N extends OperationName = OperationName> {
  readonly name: N
  readonly input: InputOf<N>
}

/** Heard in the same turn; what it rejects with, the node hears instead of an answer. */
export type Ear = (submitted: Submitted) => Promise<void> | void

export interface Ears {
  beforeSubmit: Ear | undefined
}

export const isOf = <N extends OperationName>(
  submitted: Submitted,
  name: N,
): submitted is Submitted<N> => submitted.name === name

export const openWatchedRecords = async (
  folder: string,
  log: Log,
  ears: Ears,
): Promise<Records> => {
  const records = await openSqliteRecords({
    folder,
    clock: systemClock,
    timers: systemTimers,
    log,
  })
  return {
    submit(name, input) {
      const heard = ears.beforeSubmit?.({ name, input } as Submitted)
      return heard === undefined
        ? records.submit(name, input)
        : heard.then(() => records.submit(name, input))
    },
    read: (name, input) => records.read(name, input),
    health: () => records.health(),
    close: () => records.close(),
  }
}
