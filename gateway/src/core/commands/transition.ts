/** The machine of a command: which of the two, by what its type does. */
import { destructive } from './destructive-machine.js'
import { harmless } from './harmless-machine.js'
import type { CommandInput } from './inputs.js'
import type { Move, Situation } from './move.js'

export const transition = (
  command: Situation & { readonly destructive: 0 | 1 },
  input: CommandInput,
): Move => (command.destructive === 1 ? destructive(command, input) : harmless(command, input))
