/**
 * What somebody sees of records who changes nothing in them: how far their schema is, and what the vault
 * shows. For a doctor, which must be able to look while a node runs, or while none can start.
 */
import type { SealedCount } from '../../core/queries/queries.js'
import type { EpochMs } from '../../core/ports/system.js'

export interface VaultGlance {
  readonly name: string
  readonly kind: string
  readonly publicPart: Uint8Array | null
  readonly sealedPart: Uint8Array | null
  readonly createdAtMs: EpochMs
}

export interface RecordsGlance {
  /** Migrations that the next start makes; all of them where there are no records yet. */
  readonly pending: readonly string[]
  /** In use; oldest first. */
  readonly vault: readonly VaultGlance[]
  /** How many values lie under which sealing key; none before the schema is that far. */
  readonly sealed: readonly SealedCount[]
  /** The clock of the machine that keeps them, where it is another one. */
  readonly serverNowMs: EpochMs | undefined
  /** What is not wrong and should not stay so, in plain words. */
  readonly warnings: readonly string[]
}

/** The schema of this version has every sealed column with its index. */
export const sealedSince = 'scope-keys-and-documents'
