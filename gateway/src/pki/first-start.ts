/**
 * What has to be there before a node can serve, each step made if it is missing and read if it is not.
 * A crash between or within steps leaves what was stored; the next start does the rest. So the first
 * start is no case of its own, and this runs at every start.
 */
import type { Log } from '../core/ports/log.js'
import type { Clock, Entropy, Ids } from '../core/ports/system.js'
import {
  ensureCertificateAuthority,
  type CaConfig,
  type CertificateAuthority,
} from './certificate-authority.js'
import {
  ensureSignerList,
  ensureSigners,
  type SignerConfig,
  type SignerKeys,
  type StoredSignerList,
} from './command-signers.js'
import { ensureOfflineRoot, type OfflineRootConfig } from './offline-root.js'
import type { Vault } from './vault.js'

export interface FirstStartConfig {
  readonly ca: CaConfig
  readonly offlineRoot: OfflineRootConfig
  readonly signers: SignerConfig
}

export interface Foundation {
  readonly ca: CertificateAuthority
  readonly offlineRootSpki: Uint8Array
  readonly signerKeys: SignerKeys
  readonly signerList: StoredSignerList
}

export interface FirstStartParts {
  readonly vault: Vault
  readonly clock: Clock
  readonly entropy: Entropy
  readonly ids: Ids
  readonly log: Log
}

export const ensureFoundation = async (
  config: FirstStartConfig,
  parts: FirstStartParts,
): Promise<Foundation> => {
  const ca = await ensureCertificateAuthority(config.ca, parts)
  const keys = await ensureSigners(config.signers, parts.vault)
  const root = await ensureOfflineRoot(config.offlineRoot, parts)
  const signerList = await ensureSignerList({ root, keys }, parts)
  return { ca, offlineRootSpki: root.spki, signerKeys: keys, signerList }
}
