/**
 * store-checkpoint: a signed head of the tree is kept, for as long as the tree is still what was signed. So
 * two nodes that sign at the same time keep one of them, and none of them contradicts another.
 * Results: ok (stored: false where one of this size is there) | STALE.
 * Events: none; it would be sealed in its turn, and signed again.
 */
import { equalBytes } from '@tillgate/protocol'

import type { AuditTreeRow } from '../records/tables.js'
import { insert, one, operation, update } from './operation.js'
import { auditTreeId } from './seal-events.js'

export interface StoreCheckpointInput {
  readonly size: number
  readonly root: Uint8Array
  readonly note: string
  readonly atMs: number
}

export type StoreCheckpointResult =
  { readonly ok: true; readonly stored: boolean } | { readonly ok: false; readonly code: 'STALE' }

export const storeCheckpoint = operation<
  StoreCheckpointInput,
  { readonly tree: AuditTreeRow | undefined },
  StoreCheckpointResult
>({
  name: 'store-checkpoint',
  *load() {
    return { tree: yield* one('auditTree', { id: auditTreeId }) }
  },
  decide({ tree }, { size, root, note, atMs }) {
    if (tree?.size !== size || !equalBytes(tree.root, root)) {
      return { writes: [], result: { ok: false, code: 'STALE' } }
    }
    if (tree.checkpointSize === size) return { writes: [], result: { ok: true, stored: false } }
    return {
      writes: [
        update('auditTree', auditTreeId, { checkpointSize: size }),
        insert('auditCheckpoint', { size, note, atMs }),
      ],
      result: { ok: true, stored: true },
    }
  },
})
