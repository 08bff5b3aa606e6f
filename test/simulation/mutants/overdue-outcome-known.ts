/** A published command whose time is over counts as never carried out. */
import { asIf, deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const overdueOutcomeKnown: Mutant = {
  name: 'overdue-outcome-known',
  plants: 'a published command that is overdue is expired for good, without asking the terminal',
  breaks: 'an outcome is never guessed',
  replaced: {
    operations: deciding('note-time', (own, rows, input) =>
      own(
        input.over === 'overdue' && rows.command?.destructive === 0
          ? asIf(rows, { attempts: 0 })
          : rows,
        input,
      ),
    ),
  },
}
