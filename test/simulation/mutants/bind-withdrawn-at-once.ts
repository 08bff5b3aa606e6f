/** A Bind that is given up while it is under way counts as one that never left. */
import type { BindingRow, InputOf, OperationName } from '@tillgate/gateway'

import {
  both,
  deciding,
  updating,
  type Decide,
  type DecisionOf,
  type RowsOf,
} from './gateway-side.js'
import type { Mutant } from './mutant.js'

const givingUp = <N extends OperationName>(
  own: Decide<N>,
  rows: RowsOf<N>,
  input: InputOf<N>,
): DecisionOf<N> => {
  const decided = own(rows, input)
  const ended = (set: Partial<BindingRow>): Partial<BindingRow> =>
    set.state === 'WITHDRAWING' ? { ...set, state: 'CANCELLED', live: 0 } : set
  return { ...decided, writes: updating(decided.writes, 'binding', ended) }
}

/** A late word on it changes nothing of the binding any more. */
const bygone = <N extends 'record-result' | 'record-status'>(
  own: Decide<N>,
  rows: RowsOf<N>,
  input: InputOf<N>,
): DecisionOf<N> => {
  const decided = own(rows, input)
  return rows.binding?.live === 0
    ? { ...decided, writes: decided.writes.filter(({ table }) => table !== 'binding') }
    : decided
}

export const bindWithdrawnAtOnce: Mutant = {
  name: 'bind-withdrawn-at-once',
  plants:
    'the binding of a published Bind that is given up is cancelled before the outcome is known',
  breaks: 'the terminal works for whom the records say',
  replaced: {
    operations: both(
      deciding('cancel-command', givingUp),
      deciding('note-time', givingUp),
      deciding('record-result', bygone),
      deciding('record-status', bygone),
    ),
  },
}
