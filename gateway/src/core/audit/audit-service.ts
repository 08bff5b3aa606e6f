/** What may be asked of the sealed ledger: its newest checkpoint, and proofs. It reads tiles and nothing else. */
import { verifierKeyText, type NoteKey } from '@tillgate/protocol'

import type { Records } from '../ports/records.js'
import type { Digest } from '../ports/signing.js'
import type { AuditCheckpointRow } from '../records/tables.js'
import { findEvent, growthPath, inclusionPath, rootAt } from './stored-tree.js'

export interface InclusionAnswer {
  readonly ok: true
  readonly index: number
  readonly size: number
  readonly leafHash: Uint8Array
  readonly root: Uint8Array
  /** From the leaf's sibling up. */
  readonly path: readonly Uint8Array[]
}

export interface ConsistencyAnswer {
  readonly ok: true
  readonly from: number
  readonly to: number
  readonly fromRoot: Uint8Array
  readonly toRoot: Uint8Array
  readonly path: readonly Uint8Array[]
}

interface AuditRefusal {
  readonly ok: false
  /** NOT_FOUND: the event is not sealed, or not in a tree of that size. VALIDATION: there is no such size. */
  readonly code: 'NOT_FOUND' | 'VALIDATION'
  readonly field: 'event' | 'size' | 'from' | 'to'
}

export interface AuditService {
  /** For whoever checks checkpoints; undefined where they can't be signed (an RSA key). */
  readonly verifierKey: string | undefined
  /** The newest; undefined before the first. */
  checkpoint(): Promise<AuditCheckpointRow | undefined>
  /** In the tree of the newest checkpoint where no size is asked for. */
  inclusion(ask: {
    readonly eventId: number
    readonly size?: number
  }): Promise<InclusionAnswer | AuditRefusal>
  consistency(ask: {
    readonly from: number
    readonly to?: number
  }): Promise<ConsistencyAnswer | AuditRefusal>
}

const refusal = (code: AuditRefusal['code'], field: AuditRefusal['field']): AuditRefusal => ({
  ok: false,
  code,
  field,
})

export const createAuditService = (
  records: Pick<Records, 'read'>,
  digest: Pick<Digest, 'sha256'>,
  key: NoteKey | undefined,
): AuditService => {
  const sizes = async (): Promise<{ readonly size: number; readonly signed: number }> => {
    const tree = await records.read('audit-tree', {})
    return { size: tree?.size ?? 0, signed: tree?.checkpointSize ?? 0 }
  }
  return {
    verifierKey: key === undefined ? undefined : verifierKeyText(digest, key),
    checkpoint: () => records.read('audit-checkpoint', {}),
    async inclusion({ eventId, size: asked }) {
      const known = await sizes()
      const size = asked ?? (known.signed === 0 ? known.size : known.signed)
      if (size > known.size) return refusal('VALIDATION', 'size')
      const found = await findEvent(records, eventId)
      if (found === undefined || found.index >= size) return refusal('NOT_FOUND', 'event')
      const { index, hash: leafHash } = found
      const [path, root] = await Promise.all([
        inclusionPath(records, digest, { index, size }),
        rootAt(records, digest, size),
      ])
      return { ok: true, index, size, leafHash, root, path }
    },
    async consistency({ from, to: asked }) {
      const known = await sizes()
      const to = asked ?? (known.signed === 0 ? known.size : known.signed)
      if (to > known.size) return refusal('VALIDATION', 'to')
      if (from > to) return refusal('VALIDATION', 'from')
      const [path, fromRoot, toRoot] = await Promise.all([
        growthPath(records, digest, { from, to }),
        rootAt(records, digest, from),
        rootAt(records, digest, to),
      ])
      return { ok: true, from, to, fromRoot, toRoot, path }
    },
  }
}
