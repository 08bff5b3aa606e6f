/** The records with somebody watching: counts what is answered and how long it took, and says when something was committed. */
import type { Records } from '../core/ports/records.js'
import type { Clock } from '../core/ports/system.js'
import { CommandCounts, Spans, Tallies, type RecordsCounts } from './counts.js'

export interface WatchedRecords {
  readonly records: Records
  readonly commands: CommandCounts
  counts(): RecordsCounts
}

export const watchRecords = (
  records: Records,
  { clock, committed }: { readonly clock: Clock; readonly committed: () => void },
): WatchedRecords => {
  const commands = new CommandCounts()
  const answered = new Tallies()
  const spans = new Spans()
  let waiting = 0

  const seen = (sinceMs: number, outcome: string): void => {
    waiting--
    answered.count(outcome)
    spans.add(clock.monotonic() - sinceMs)
  }

  const submit: Records['submit'] = (name, input) => {
    const sinceMs = clock.monotonic()
    waiting++
    // The caller gets the same promise: watching must not delay an answer by a turn.
    const answer = records.submit(name, input)
    answer.then(
      (result) => {
        const { ok } = result as { readonly ok?: boolean }
        seen(sinceMs, ok === false ? 'refused' : 'ok')
        if (ok === false) return
        commands.see(name, input, result)
        committed()
      },
      () => seen(sinceMs, 'unavailable'),
    )
    return answer
  }

  return {
    records: {
      submit,
      read: (name, input) => records.read(name, input),
      health: () => records.health(),
      close: () => records.close(),
      groups: () => records.groups?.(),
    },
    commands,
    counts: () => ({
      waiting,
      answered: answered.all(),
      groups: records.groups?.(),
      spans: spans.all(),
    }),
  }
}
