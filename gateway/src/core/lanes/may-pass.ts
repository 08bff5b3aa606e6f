/**
 * The order of a lane (architecture §6): may `command` go out while `other`, open as well, stands in the
 * lane? Asked twice: by the planner, over what it read, and by the claim, in its transaction.
 */
import { commandTypeNumbers } from '@tillgate/protocol'

import { isPastNoReturn } from '../commands/states.js'
import type { CommandRow } from '../records/tables.js'

/** Lock overtakes what has no Proceed; nothing else passes a destructive command or an unknown outcome. */
export const mayPass = (command: CommandRow, other: CommandRow): boolean => {
  if (other.id === command.id || other.attempts === 0) return true
  if (command.type === commandTypeNumbers.Lock) return !isPastNoReturn(other.phase)
  if (other.outcomeUnknown === 1) return false
  if (other.state === 'parked') return true
  return command.destructive === 0 && other.destructive === 0
}
