/** A case that was closed by force is closed like any other, once the registry has been told. */
import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const closedWithoutProof: Mutant = {
  name: 'closed-without-proof',
  plants: 'a case that was closed by force is CLOSED when the registry has answered',
  breaks: 'U4: CLOSED wants a proof',
  replaced: {
    operations: deciding('move-case', (own, rows, input) => {
      const { unbindCase } = rows
      const isForced = unbindCase?.state === 'CLOSED_UNPROVEN'
      return own(
        isForced && input.input.on === 'deregistered'
          ? { ...rows, unbindCase: { ...unbindCase, waitsFor: '[]' } }
          : rows,
        input,
      )
    }),
  },
}
