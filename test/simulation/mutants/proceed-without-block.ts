/** Once the host has been called it is taken for granted that it blocks. */
import { ownParts, type CommandRow } from '@tillgate/gateway'

import { asIf, deciding, seeing } from './gateway-side.js'
import type { Mutant } from './mutant.js'

const blocked = { hostAnswer: 'blocked' } as const

const asBlocked = (command: CommandRow): CommandRow =>
  command.phase === 'tid_blocking' ? { ...command, ...blocked } : command

export const proceedWithoutBlock: Mutant = {
  name: 'proceed-without-block',
  plants: 'Proceed is committed before the host has answered the block',
  breaks: 'keys are never erased while the TID is open',
  replaced: {
    operations: deciding('commit-proceed', (own, rows, input) => own(asIf(rows, blocked), input)),
    parts: {
      createDispatch: (ports) =>
        ownParts.createDispatch({
          ...ports,
          records: seeing(ports.records, 'open-commands', (found) => found.map(asBlocked)),
        }),
    },
  },
}
