/** Lock: no sales until Unlock. Binding, keys and batch stay. Done again, it is done. */
import type { LockPayload } from '@tillgate/protocol'
import type { Outcome } from './harmless.js'

export const lock = ({ reason }: LockPayload): Outcome => ({
  ok: true,
  changes: [{ cell: 'lock', value: { reason } }],
  result: { type: 'Lock' },
  then: (turn) => turn.note({ what: 'locked' }),
})
