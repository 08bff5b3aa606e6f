/**
 * seal-events: the tree grows by entries whose hashes were made outside. The tree's row is the lock: what
 * was made for another size or another place in the ledger is refused, and whoever made it reads anew. The
 * same growth again changes nothing.
 * Results: ok (sealed: false where it was there already) | STALE.
 * Events: alarm.LEDGER_HOLE for each hole.
 */
import { equalBytes } from '@tillgate/protocol'

import type { Missing } from '../audit/missing-lines.js'
import type { ChangedTile } from '../audit/growing-tree.js'
import type { AuditTreeRow } from '../records/tables.js'
import { event } from './event.js'
import { insert, one, operation, update, type Write } from './operation.js'

/** The only row of its table. */
export const auditTreeId = 1

export interface SealEventsInput {
  readonly from: { readonly size: number; readonly position: number }
  readonly to: Pick<AuditTreeRow, 'size' | 'position' | 'root' | 'writers'>
  readonly tiles: readonly ChangedTile[]
  readonly holes: readonly {
    readonly place: number
    readonly entry: string
    readonly missing: Missing
  }[]
  readonly atMs: number
}

export type SealEventsResult =
  { readonly ok: true; readonly sealed: boolean } | { readonly ok: false; readonly code: 'STALE' }

const tileWrite = ({ isNew, ...row }: ChangedTile): Write => {
  const { id, hashes, events } = row
  return isNew ? insert('auditTile', row) : update('auditTile', id, { hashes, events })
}

export const sealEvents = operation<
  SealEventsInput,
  { readonly tree: AuditTreeRow | undefined },
  SealEventsResult
>({
  name: 'seal-events',
  *load() {
    return { tree: yield* one('auditTree', { id: auditTreeId }) }
  },
  decide({ tree }, { from, to, tiles, holes, atMs }) {
    if (tree?.size === to.size && equalBytes(tree.root, to.root)) {
      return { writes: [], result: { ok: true, sealed: false } }
    }
    if ((tree?.size ?? 0) !== from.size || (tree?.position ?? 0) !== from.position) {
      return { writes: [], result: { ok: false, code: 'STALE' } }
    }
    const head = { ...to, sealedAtMs: atMs }
    return {
      writes: [
        tree === undefined
          ? insert('auditTree', { id: auditTreeId, ...head, checkpointSize: 0 })
          : update('auditTree', auditTreeId, head, { size: from.size }),
        ...tiles.map(tileWrite),
        ...holes.map(({ place, entry }) => insert('auditHole', { place, entry })),
        ...holes.map(({ place, missing }) =>
          event({
            atMs,
            kind: 'alarm.LEDGER_HOLE',
            actor: 'gateway',
            data: { entry: place, ...missing },
          }),
        ),
      ],
      result: { ok: true, sealed: true },
    }
  },
})
