/** What the order of an Unbind reserves: its binding is being released, its terminal unbound. */
import type { BindingRow, TerminalRow } from '../records/tables.js'
import { event } from './event.js'
import { update, type Write } from './operation.js'

export interface Reservation {
  readonly terminal: TerminalRow
  readonly binding: BindingRow
  /** Null where it is taken by force, without a command. */
  readonly commandId: number | null
  readonly atMs: number
  readonly actor: string
}

export const reserveForUnbind = (reservation: Reservation): readonly Write[] => {
  const { terminal, binding, commandId, atMs, actor } = reservation
  const about = { atMs, actor, terminalId: terminal.id, commandId, bindingId: binding.id }
  const moves = terminal.state === 'IN_SERVICE' || terminal.state === 'SUSPENDED'
  return [
    update('binding', binding.id, { state: 'RELEASING' }),
    event({ ...about, kind: 'binding.releasing', data: { epoch: binding.epoch } }),
    ...(moves
      ? [
          update('terminal', terminal.id, { state: 'UNBINDING' }),
          event({
            ...about,
            kind: 'terminal.state',
            data: { from: terminal.state, to: 'UNBINDING' },
          }),
        ]
      : []),
  ]
}
