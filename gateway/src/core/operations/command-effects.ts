/**
 * What a command's move means for the binding that it is about and for the terminal, as writes. The
 * machines say `apply` or `undo-reservation`; only this file knows what that is for each type.
 */
import { commandTypeNumbers } from '@tillgate/protocol'

import type { CommandEffect } from '../commands/move.js'
import type { BindingRow, CommandRow, RegistrationRow, TerminalRow } from '../records/tables.js'
import { event } from './event.js'
import { update, type Write } from './operation.js'

export interface EffectContext {
  readonly command: CommandRow
  readonly terminal: TerminalRow
  readonly binding: BindingRow | undefined
  readonly registration: RegistrationRow | undefined
  readonly atMs: number
  readonly actor: string
}

const bindingMove = (c: EffectContext, set: Partial<BindingRow>, kind: string): readonly Write[] =>
  c.binding === undefined
    ? []
    : [
        update('binding', c.binding.id, set),
        event({
          atMs: c.atMs,
          kind: `binding.${kind}`,
          actor: c.actor,
          terminalId: c.terminal.id,
          bindingId: c.binding.id,
          commandId: c.command.id,
          data: { epoch: c.binding.epoch },
        }),
      ]

const terminalMove = (c: EffectContext, set: Partial<TerminalRow>): readonly Write[] => {
  const moves = set.state !== undefined && set.state !== c.terminal.state
  return [
    update('terminal', c.terminal.id, set),
    ...(moves
      ? [
          event({
            atMs: c.atMs,
            kind: 'terminal.state',
            actor: c.actor,
            terminalId: c.terminal.id,
            commandId: c.command.id,
            data: { from: c.terminal.state, to: set.state ?? null },
          }),
        ]
      : []),
  ]
}

/** In service, or locked in service. */
const serving = (terminal: TerminalRow): 'IN_SERVICE' | 'SUSPENDED' =>
  terminal.locked === 1 ? 'SUSPENDED' : 'IN_SERVICE'

const bound = (c: EffectContext): readonly Write[] => [
  ...bindingMove(c, { state: 'ACTIVE', activeAtMs: c.atMs }, 'active'),
  ...terminalMove(c, { state: serving(c.terminal), bindingEpoch: c.command.bindingEpoch }),
]

/** Where a proof leads on to the stock; what was tampered with, or serves again by now, stays what it is. */
const provesInto: ReadonlySet<TerminalRow['state']> = new Set(['UNBINDING', 'UNPROVEN', 'LOST'])

const unbound = (c: EffectContext): readonly Write[] => [
  ...bindingMove(
    c,
    { state: 'RELEASED', live: 0, endedAtMs: c.binding?.endedAtMs ?? c.atMs },
    'released',
  ),
  ...(provesInto.has(c.terminal.state) ? terminalMove(c, { state: 'IN_STOCK' }) : []),
]

const lockWrites = (c: EffectContext, locked: 0 | 1): readonly Write[] => {
  const from = locked === 1 ? 'IN_SERVICE' : 'SUSPENDED'
  const to = locked === 1 ? 'SUSPENDED' : 'IN_SERVICE'
  return terminalMove(c, c.terminal.state === from ? { locked, state: to } : { locked })
}

const applied = (c: EffectContext): readonly Write[] => {
  switch (c.command.type) {
    case commandTypeNumbers.Bind:
      return bound(c)
    case commandTypeNumbers.Unbind:
      return unbound(c)
    case commandTypeNumbers.Lock:
      return lockWrites(c, 1)
    case commandTypeNumbers.Unlock:
      return lockWrites(c, 0)
    default:
      return []
  }
}

/** The registry was told of a binding that has come to nothing: it is told that, too. */
export const unregistered = (
  registration: RegistrationRow | undefined,
  atMs: number,
): readonly Write[] =>
  registration?.state === 'ENABLED'
    ? [update('registration', registration.id, { state: 'CANCELLING', attempts: 0, dueAtMs: atMs })]
    : []

const undone = (c: EffectContext): readonly Write[] => {
  switch (c.command.type) {
    case commandTypeNumbers.Bind:
      return [
        ...bindingMove(c, { state: 'CANCELLED', live: 0, endedAtMs: c.atMs }, 'cancelled'),
        ...unregistered(c.registration, c.atMs),
      ]
    case commandTypeNumbers.Unbind:
      // Of a binding that has ended by force nothing is given back.
      if (c.binding?.state !== 'RELEASING') return []
      return [
        ...bindingMove(c, { state: 'ACTIVE' }, 'active_again'),
        ...(c.terminal.state === 'UNBINDING'
          ? terminalMove(c, { state: serving(c.terminal) })
          : []),
      ]
    default:
      return []
  }
}

const withdrawn = (c: EffectContext): readonly Write[] =>
  c.command.type === commandTypeNumbers.Bind
    ? bindingMove(c, { state: 'WITHDRAWING' }, 'withdrawing')
    : []

export const effectWrites = (effect: CommandEffect, context: EffectContext): readonly Write[] => {
  switch (effect) {
    case 'apply':
      return applied(context)
    case 'withdraw':
      return withdrawn(context)
    case 'undo-reservation':
      return undone(context)
    default:
      return effect satisfies never
  }
}
