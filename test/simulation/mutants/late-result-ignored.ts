/** Once a command has expired nobody wants to hear how it ended. */
import type { CommandRow, InputOf } from '@tillgate/gateway'

import { asIf, both, deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

const isOver = (command: CommandRow | undefined): boolean =>
  command?.state === 'expired' || command?.state === 'cancelled'

const saysTheEnd = ({ journal }: InputOf<'record-status'>): boolean =>
  journal === 'DONE' || journal === 'FAILED'

export const lateResultIgnored: Mutant = {
  name: 'late-result-ignored',
  plants: 'the late result of a command whose outcome is unknown is ignored for ever',
  breaks: 'I6: everything drains; an unknown outcome takes a late result',
  replaced: {
    operations: both(
      deciding('record-result', (own, rows, input) =>
        own(isOver(rows.command) ? asIf(rows, { open: 0 }) : rows, input),
      ),
      deciding('record-status', (own, rows, input) =>
        own(isOver(rows.command) && saysTheEnd(input) ? asIf(rows, { open: 0 }) : rows, input),
      ),
    ),
  },
}
