/** Whether a command is being worked on: from its first journal entry to what ends it. */
import { isDestructive } from '@tillgate/protocol'
import { isOpen } from '../terminal/command/journal.js'
import type { TerminalState } from '../terminal/state.js'

export const hasOpenCommand = (state: TerminalState): boolean => {
  for (const entry of state.flash.areas.journal.values()) if (isOpen(entry)) return true
  return false
}

export const hasOpenDestructive = (state: TerminalState): boolean => {
  for (const entry of state.flash.areas.journal.values()) {
    if (isOpen(entry) && isDestructive(entry.type ?? 0)) return true
  }
  return false
}
