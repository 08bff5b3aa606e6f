/**
 * The host's answer is kept with the command, and not with the call: what it said to the block for an
 * earlier nonce stands when the next one is asked for, also where it comes late.
 */
import {
  ownParts,
  type CommandRow,
  type CoreParts,
  type InputOf,
  type OperationName,
} from '@tillgate/gateway'

import {
  both,
  deciding,
  submitting,
  updating,
  type Decide,
  type DecisionOf,
  type RowsOf,
} from './gateway-side.js'
import type { Mutant } from './mutant.js'

const keeping = <N extends OperationName>(
  own: Decide<N>,
  rows: RowsOf<N>,
  input: InputOf<N>,
): DecisionOf<N> => {
  const decided = own(rows, input)
  const unforgotten = ({ hostAnswer, ...set }: Partial<CommandRow>): Partial<CommandRow> =>
    hostAnswer === null || hostAnswer === undefined ? set : { ...set, hostAnswer }
  return { ...decided, writes: updating(decided.writes, 'command', unforgotten) }
}

/** The lane is looked at as soon as the call has its number; by itself that does no harm. */
const nudging: CoreParts['createHostLoop'] = (ports) => {
  const { records, nudgeLane } = ports
  return ownParts.createHostLoop({
    ...ports,
    records: submitting(records, 'begin-host-call', async (input, submit) => {
      const begun = await submit(input)
      const { commandId } = input
      const [command] = await records.read('commands', { afterId: commandId - 1, limit: 1 })
      if (command !== undefined) nudgeLane(command.terminalId)
      return begun
    }),
  })
}

export const earlierAnswerCounts: Mutant = {
  name: 'earlier-answer-counts',
  plants: "an earlier block's late answer is taken for the answer to the new block",
  breaks: 'Proceed needs the answer to the block call made for this nonce',
  replaced: {
    operations: both(
      deciding('record-ready', keeping),
      deciding('record-released', keeping),
      deciding('record-refused', keeping),
      deciding('record-status', keeping),
      deciding('begin-host-call', keeping),
      deciding('record-host-answer', keeping),
    ),
    parts: { createHostLoop: nudging },
  },
}
