/** A cancel opens the TID at once, and asks the terminal for nothing. */
import type { Write } from '@tillgate/gateway'

import { both, deciding, setting } from './gateway-side.js'
import type { Mutant } from './mutant.js'

const released = (phase: string | null | undefined, writes: readonly Write[]): readonly Write[] =>
  phase === 'tid_blocking'
    ? setting(writes, 'command', {
        phase: 'tid_unblocking',
        hostCallNumber: null,
        hostAnswer: null,
      })
    : writes

export const cancelWithoutReleased: Mutant = {
  name: 'cancel-without-released',
  plants: 'a cancel unblocks the TID without waiting for Released',
  breaks: 'only Released, or Refused for the nonce, leads out of a phase that waits on it',
  replaced: {
    operations: both(
      deciding('cancel-command', (own, rows, input) => {
        const { writes, result } = own(rows, input)
        return { writes: released(rows.command?.phase, writes), result }
      }),
      deciding('cancel-case', (own, rows, input) => {
        const { writes, result } = own(rows, input)
        return { writes: released(rows.ordered.command?.phase, writes), result }
      }),
    ),
  },
}
