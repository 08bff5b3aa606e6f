/**
 * The terminal takes a Bind while its journal holds an open erasure. By itself no gateway sends one
 * then; so this gateway takes an unbind for over when it hears that the terminal is erasing.
 */
import { ownParts, type CommandRow, type InputOf, type Write } from '@tillgate/gateway'
import { changesBindingEpoch } from '@tillgate/protocol'

import { both, deciding, seeing } from './gateway-side.js'
import type { Mutant } from './mutant.js'
import { messageIn, misreading } from './terminal-side.js'

const unlessErasing = (commands: readonly CommandRow[]): readonly CommandRow[] =>
  commands.filter(({ phase }) => phase !== 'erasing')

/** The binding is free, and the terminal in stock: the next merchant may have it. */
const freed = (command: CommandRow, { atMs }: InputOf<'record-progress'>): readonly Write[] => [
  {
    write: 'update',
    table: 'binding',
    id: command.bindingId ?? 0,
    set: { state: 'RELEASED', live: 0, endedAtMs: atMs },
  },
  { write: 'update', table: 'terminal', id: command.terminalId, set: { state: 'IN_STOCK' } },
]

export const bindDuringErasure: Mutant = {
  name: 'bind-during-erasure',
  plants: 'the terminal accepts a Bind while an erasure is open in its journal',
  breaks: 'Bind is refused while an erasure is open',
  seenBy: 'only-what-is-meant-begins',
  replaced: {
    operations: both(
      deciding('record-progress', (own, rows, input) => {
        const { writes, result } = own(rows, input)
        const erases = result.ok && result.moved && result.standing.phase === 'erasing'
        return rows.command === undefined || !erases
          ? { writes, result }
          : { writes: [...writes, ...freed(rows.command, input)], result }
      }),
      deciding('claim-command', (own, rows, input) =>
        own({ ...rows, lane: unlessErasing(rows.lane) }, input),
      ),
    ),
    parts: {
      createDispatch: (ports) =>
        ownParts.createDispatch({
          ...ports,
          records: seeing(ports.records, 'open-commands', unlessErasing),
        }),
    },
    machine: (own) => (state, input, world) => {
      const command = messageIn(input, 'command')
      return command !== undefined && changesBindingEpoch(command.type)
        ? misreading(own, { state, input, world }, [{ cell: 'erasure', value: undefined }])
        : own(state, input, world)
    },
  },
}
