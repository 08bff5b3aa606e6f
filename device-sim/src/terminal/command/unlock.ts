/** Unlock: the terminal sells again, if it is bound. Done again, it is done. */
import type { Outcome } from './harmless.js'

export const unlock = (): Outcome => ({
  ok: true,
  changes: [{ cell: 'lock', value: undefined }],
  result: { type: 'Unlock' },
  then: (turn) => turn.note({ what: 'unlocked' }),
})
