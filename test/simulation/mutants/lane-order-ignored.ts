/** The newest command of a lane goes first, whatever stands before it. */
import { ownParts, type CommandRow } from '@tillgate/gateway'

import { deciding, seeing } from './gateway-side.js'
import type { Mutant } from './mutant.js'

const newestFirst = (commands: readonly CommandRow[]): readonly CommandRow[] => [
  ...new Map(commands.map((command) => [command.terminalId, command])).values(),
]

export const laneOrderIgnored: Mutant = {
  name: 'lane-order-ignored',
  plants: 'a command passes one of unknown outcome, or an unbind that is under way',
  breaks: 'the order of a lane',
  replaced: {
    operations: deciding('claim-command', (own, rows, input) => own({ ...rows, lane: [] }, input)),
    parts: {
      createDispatch: (ports) =>
        ownParts.createDispatch({
          ...ports,
          records: seeing(ports.records, 'open-commands', newestFirst),
        }),
    },
  },
}
