/**
 * What seals and opens for a scope, under a key of its own that lies sealed in the records. The key is read
 * anew for every value and never kept: once it is destroyed, by whichever node, nothing opens any more,
 * anywhere, from that commit on.
 */
import type { OpenAnswer, Sealing, SealingKeys } from '../ports/sealing.js'
import type { Records } from '../ports/records.js'
import type { Clock } from '../ports/system.js'
import { scopeKeyBelonging } from '../records/sealed-columns.js'

export interface ScopeSealingPorts {
  readonly records: Pick<Records, 'read' | 'submit'>
  readonly keys: SealingKeys
  readonly clock: Clock
}

export interface ScopeSealing {
  /** Makes the scope's key where it has none yet and something is sealed. */
  of(scope: string): Sealing
}

type Refused = Exclude<OpenAnswer, { readonly ok: true }>
type Found = { readonly ok: true; readonly sealing: Sealing } | Refused

const destroyed = { ok: false, code: 'DESTROYED' } as const
const actor = 'gateway'

export const createScopeSealing = ({ records, keys, clock }: ScopeSealingPorts): ScopeSealing => {
  /** Undefined where the scope never had a key. */
  const find = async (scope: string): Promise<Found | undefined> => {
    const row = await records.read('scope-key', { scope })
    if (row === undefined) return undefined
    if (row.sealedPart === null) return destroyed
    return keys.under(scopeKeyBelonging(scope), row.sealedPart)
  }

  const make = async (scope: string): Promise<Found> => {
    const made = await keys.makeKey(scopeKeyBelonging(scope))
    if (!made.ok) return { ok: false, code: 'UNAVAILABLE' }
    const sealedPart = made.sealed
    await records.submit('make-scope-key', { scope, sealedPart, actor, atMs: clock.now() })
    // Whichever was stored counts.
    return (await find(scope)) ?? { ok: false, code: 'UNAVAILABLE' }
  }

  return {
    of: (scope) => ({
      async seal(of, secret) {
        const found = (await find(scope)) ?? (await make(scope))
        if (found.ok) return found.sealing.seal(of, secret)
        return { ok: false, code: found.code === 'DESTROYED' ? 'DESTROYED' : 'UNAVAILABLE' }
      },
      async open(of, sealed) {
        const found = await find(scope)
        if (found === undefined) return { ok: false, code: 'DAMAGED' }
        return found.ok ? found.sealing.open(of, sealed) : found
      },
    }),
  }
}
