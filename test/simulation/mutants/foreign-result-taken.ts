/**
 * A terminal names another's command in a Result, once, as a firmware with a copied flash may; and the
 * gateway does not look whose command it is.
 */
import type { Effect, Step, World } from '@tillgate/device-sim'
import {
  encodeUplink,
  isDestructive,
  macBody,
  parseEnvelope,
  parseUplink,
} from '@tillgate/protocol'

import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'
import { messageIn } from './terminal-side.js'

const naming = (
  { state }: Step,
  effect: Effect,
  commandId: Uint8Array,
  { primitives }: World,
): Effect | undefined => {
  const { open } = state.session
  if (effect.kind !== 'publish' || effect.says !== 'result' || open === undefined) return undefined
  const envelope = parseEnvelope(effect.payload)
  if (!envelope.ok || envelope.value.auth?.kind !== 'mac') return undefined
  const uplink = parseUplink(envelope.value.body)
  if (!uplink.ok) return undefined
  const body = encodeUplink({ ...uplink.value, commandId })
  const { counter } = envelope.value.auth
  return { ...effect, commandId, payload: macBody(primitives, open.key, open.id, counter, body) }
}

export const foreignResultTaken: Mutant = {
  name: 'foreign-result-taken',
  plants: 'a Result about the command of another terminal is accepted',
  breaks: 'I3: a terminal reports only its own commands',
  replaced: {
    operations: deciding('record-result', (own, rows, input) =>
      rows.command === undefined || rows.terminal === undefined
        ? own(rows, input)
        : own(
            {
              ...rows,
              command: { ...rows.command, terminalId: input.terminalId },
              terminal: { ...rows.terminal, fence: input.fence },
            },
            input,
          ),
    ),
    machine: (own) => {
      const heard = new Map<string, Uint8Array>()
      const liars = new Set<string>()
      return (state, input, world) => {
        const done = own(state, input, world)
        const command = messageIn(input, 'command')
        if (command !== undefined && !isDestructive(command.type)) {
          heard.set(state.sn, command.commandId)
        }
        const [other] = [...heard].filter(([sn]) => sn !== state.sn)
        if (other === undefined || liars.has(state.sn)) return done
        const effects = done.effects.map((effect) => {
          const lie = naming(done, effect, other[1], world)
          if (lie !== undefined) liars.add(state.sn)
          return lie ?? effect
        })
        return { ...done, effects }
      }
    },
  },
}
