/** An order that is asked for again is another order. */
import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const idempotencyKeyIgnored: Mutant = {
  name: 'idempotency-key-ignored',
  plants: 'an order that is repeated with its Idempotency-Key is ordered a second time',
  breaks: 'one request makes one command',
  replaced: {
    operations: deciding('order-command', (own, rows, { idempotency: _, ...input }) =>
      own({ ...rows, earlier: undefined }, input),
    ),
  },
}
