/**
 * advance-cursor: an event reader has handled everything up to a position. It never goes back.
 * Results: the position in force.
 * Events: none.
 */
import type { CursorRow } from '../records/tables.js'
import { insert, one, operation, update } from './operation.js'

export interface AdvanceCursorInput {
  readonly reader: string
  readonly position: number
}

export const advanceCursor = operation<
  AdvanceCursorInput,
  { readonly cursor: CursorRow | undefined },
  { readonly position: number }
>({
  name: 'advance-cursor',
  *load(input) {
    return { cursor: yield* one('cursor', { reader: input.reader }) }
  },
  decide({ cursor }, { reader, position }) {
    if (cursor === undefined) {
      return { writes: [insert('cursor', { reader, position })], result: { position } }
    }
    return position <= cursor.position
      ? { writes: [], result: { position: cursor.position } }
      : { writes: [update('cursor', cursor.id, { position })], result: { position } }
  },
})
