/**
 * The keys that sign what goes down, one a purpose, and the list that says so, signed by the offline
 * root. Private keys lie sealed in the vault and are handed on as opaque handles.
 */
import {
  algorithmNumbers,
  encodeDownlink,
  equalBytes,
  fleetSn,
  kidOf,
  openSignerList,
  signBody,
  signerPurposeNumbers,
  toHex,
  type AlgorithmName,
  type PrivateKeyHandle,
  type Signer,
  type SignerList,
} from '@tillgate/protocol'
import { exportPrivateKey, generatePrivateKey, nodePrimitives } from '@tillgate/protocol/node'
import { createPrivateKey } from 'node:crypto'
import type { SignerPurpose } from '../core/ports/signing.js'
import type { Clock, Ids } from '../core/ports/system.js'
import { pkiLimits } from './limits.js'
import type { OfflineRoot } from './offline-root.js'
import { readPrivateKey, signingKeyFrom } from './private-key-file.js'
import { PkiRefused } from './refused.js'
import type { Vault } from './vault.js'

export type SignerKeys = Readonly<Record<SignerPurpose, PrivateKeyHandle>>

export interface SignerConfig {
  /** Of keys made here, but for the checkpoints' (Ed25519); ES256 where left out. */
  readonly algorithm?: AlgorithmName
  /** PEM files of keys that are given instead. */
  readonly givenFiles?: Readonly<Partial<Record<SignerPurpose, string>>>
}

const purposes: readonly SignerPurpose[] = ['ordinary', 'destructive', 'receipt', 'checkpoint']

const ensureSigner = async (
  purpose: SignerPurpose,
  config: SignerConfig,
  vault: Vault,
): Promise<PrivateKeyHandle> => {
  const file = config.givenFiles?.[purpose]
  const given = file === undefined ? undefined : signingKeyFrom(readPrivateKey(file), file)
  const prefix = `signer/${purpose}/`
  const rows = await vault.live('signer')
  const entry = { name: `${prefix}1`, kind: 'signer' } as const
  let row = rows.findLast((candidate) => candidate.name.startsWith(prefix))
  if (row === undefined) {
    // What signs notes is checked by programs that read Ed25519 and nothing else.
    const made = purpose === 'checkpoint' ? 'ED25519' : (config.algorithm ?? 'ES256')
    const key = given ?? generatePrivateKey(made)
    row = await vault.keep({ ...entry, publicPart: key.spki, secret: exportPrivateKey(key) })
  }
  const pkcs8 = Buffer.from(vault.reveal(row))
  const kept = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const key = signingKeyFrom(kept, row.name)
  if (given !== undefined && !equalBytes(given.spki, key.spki)) {
    throw new PkiRefused(
      'GIVEN_KEY_DIFFERS',
      `The configuration gives another ${purpose} key than the one in the vault. A change of command ` +
        'signers needs a new signer list, signed by the offline root; start with the key as it was.',
    )
  }
  return key
}

/** One after the other, so that a crash leaves the first ones stored. */
export const ensureSigners = async (config: SignerConfig, vault: Vault): Promise<SignerKeys> => ({
  ordinary: await ensureSigner('ordinary', config, vault),
  destructive: await ensureSigner('destructive', config, vault),
  receipt: await ensureSigner('receipt', config, vault),
  checkpoint: await ensureSigner('checkpoint', config, vault),
})

export interface StoredSignerList {
  readonly version: number
  readonly envelope: Uint8Array
  readonly list: SignerList
}

const signerOf = (purpose: SignerPurpose, key: PrivateKeyHandle, nowMs: number): Signer => ({
  kid: kidOf(nodePrimitives, key.spki),
  purpose: signerPurposeNumbers[purpose],
  alg: algorithmNumbers[key.alg],
  publicKey: key.spki,
  notBeforeMs: nowMs - pkiLimits.backdateMs,
  notAfterMs: nowMs + pkiLimits.signerLifeMs,
})

/** The envelope of a list, addressed to the whole fleet. */
export const signSignerList = (
  root: PrivateKeyHandle,
  list: Omit<SignerList, 'kind'>,
  ids: Ids,
): Uint8Array => {
  const message = { kind: 'signerList', ...list } as const
  const body = encodeDownlink({ sn: fleetSn, messageId: ids.next(), message })
  return signBody(nodePrimitives, root, 'signers', body)
}

const opened = (envelope: Uint8Array, rootSpki: Uint8Array, name: string): SignerList => {
  for (const alg of ['ES256', 'ED25519', 'PS256'] as const) {
    const root = nodePrimitives.importPublicKey(rootSpki, alg)
    if (root === undefined) continue
    const list = openSignerList(nodePrimitives, root, envelope)
    if (list.ok) return list.value
  }
  throw new PkiRefused(
    'VAULT_DAMAGED',
    `The signer list ${name} is not signed by the pinned offline root. Restore the records from a ` +
      'backup; find out who wrote to them.',
  )
}

const checkListed = (list: SignerList, keys: SignerKeys): void => {
  for (const purpose of purposes) {
    const { spki } = keys[purpose]
    const number = signerPurposeNumbers[purpose]
    const listed = list.signers.some(
      (signer) => signer.purpose === number && equalBytes(signer.publicKey, spki),
    )
    if (listed) continue
    throw new PkiRefused(
      'VAULT_DAMAGED',
      `The ${purpose} key ${toHex(kidOf(nodePrimitives, spki))} is not on the signer list, so no ` +
        'terminal would obey it. Restore the records from a backup.',
    )
  }
}

export const ensureSignerList = async (
  { root, keys }: { readonly root: OfflineRoot; readonly keys: SignerKeys },
  { vault, clock, ids }: { readonly vault: Vault; readonly clock: Clock; readonly ids: Ids },
): Promise<StoredSignerList> => {
  let row = (await vault.live('signer-list')).at(-1)
  if (row === undefined) {
    if (root.key === undefined) {
      throw new PkiRefused(
        'OFFLINE_ROOT_MISSING',
        'The first start was interrupted before the signer list was signed, and the offline root key ' +
          'is not there any more. Put offline-root.key back into the data folder and start again. ' +
          'If another node makes its first start just now, start this one again when it is done.',
      )
    }
    const nowMs = clock.now()
    const signers = purposes.map((purpose) => signerOf(purpose, keys[purpose], nowMs))
    const first = { listVersion: 1, issuedAtMs: nowMs, signers }
    const publicPart = signSignerList(root.key, first, ids)
    row = await vault.keep({ name: 'signer-list/1', kind: 'signer-list', publicPart, secret: null })
  }
  const envelope = vault.publicPart(row)
  const list = opened(envelope, root.spki, row.name)
  checkListed(list, keys)
  return { version: list.listVersion, envelope, list }
}
