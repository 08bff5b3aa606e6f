/**
 * The vault: what the PKI keeps in the records, secrets sealed, public parts in clear. Entries are
 * never changed; a successor has a name of its own and retires the one before.
 */
import { toHex } from '@tillgate/protocol'
import type { Records } from '../core/ports/records.js'
import type { Clock } from '../core/ports/system.js'
import type { VaultRow } from '../core/records/tables.js'
import { PkiRefused } from './refused.js'
import type { Sealer } from './sealing.js'

export type VaultKind =
  | 'offline-root'
  | 'ca'
  | 'signer'
  | 'signer-list'
  | 'server'
  // what was issued for servers beside Tillgate, without their keys
  | 'issued-server'
  | 'ticket-key'

export interface KeepEntry {
  readonly name: string
  readonly kind: VaultKind
  readonly publicPart: Uint8Array | null
  readonly secret: Uint8Array | null
  readonly retires?: readonly string[]
}

export interface Vault {
  /** In use, oldest first. */
  live(kind: VaultKind): Promise<readonly VaultRow[]>
  /** Every name of a kind that was ever given, retired ones too. */
  all(kind: VaultKind): Promise<readonly VaultRow[]>
  /** Throws PkiRefused where it can't be opened. */
  reveal(row: VaultRow): Uint8Array
  publicPart(row: VaultRow): Uint8Array
  /** Stores it, or answers what somebody else stored under that name in the meantime. */
  keep(entry: KeepEntry): Promise<VaultRow>
}

const actor = 'gateway'

const wrongKey = (keyId: Uint8Array, sealer: Sealer): PkiRefused =>
  new PkiRefused(
    'SEALING_KEY_WRONG',
    `The vault is sealed under the key ${toHex(keyId)}, but the key given is ${toHex(sealer.keyId)}. ` +
      'Give the key that these records were made with (environment, file, or sealing.key in the ' +
      'data folder), or restore records and key from the same backup.',
  )

const damaged = (name: string): PkiRefused =>
  new PkiRefused(
    'VAULT_DAMAGED',
    `The vault entry ${name} is damaged or was tampered with. Restore the records from a backup; ` +
      'find out who wrote to them.',
  )

export const openVault = (records: Records, sealer: Sealer, clock: Clock): Vault => {
  const all = (kind: VaultKind) => records.read('vault-entries', { kind })

  const reveal = (row: VaultRow): Uint8Array => {
    if (row.sealedPart === null) throw damaged(row.name)
    const opened = sealer.open(row, row.sealedPart)
    if (opened.ok) return opened.secret
    throw opened.code === 'other-key' ? wrongKey(opened.keyId, sealer) : damaged(row.name)
  }

  const keep = async (entry: KeepEntry): Promise<VaultRow> => {
    const { name, kind, publicPart, secret, retires = [] } = entry
    const sealedPart = secret === null ? null : sealer.seal({ name, kind }, secret)
    const atMs = clock.now()
    const row = { name, kind, publicPart, sealedPart }
    await records.submit('store-vault-entry', { ...row, retires, actor, atMs })
    const stored = (await all(kind)).find((candidate) => candidate.name === name)
    if (stored === undefined) throw new Error(`the vault entry ${name} was stored and is not there`)
    return stored
  }

  return {
    all,
    live: async (kind) => (await all(kind)).filter((row) => row.retiredAtMs === null),
    reveal,
    publicPart: (row) => {
      if (row.publicPart === null) throw damaged(row.name)
      return row.publicPart
    },
    keep,
  }
}
