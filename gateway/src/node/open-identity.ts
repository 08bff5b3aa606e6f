/** The node's identity: the sealed vault opened, and the PKI on top of it. */
import { threadPoolVerifier } from '../adapters/verifier/index.js'
import type { Records } from '../core/ports/records.js'
import type { SealingKeys } from '../core/ports/sealing.js'
import type { SessionKeys } from '../core/ports/session-keys.js'
import type { Verifier } from '../core/ports/signing.js'
import { createSessionKeys, openPki, openSealer, softwareSealing, type Pki } from '../pki/index.js'
import type { NodeConfig } from './config.js'
import type { Machine } from './machine.js'
import { endpointOf, serverNames, wantedNames, type NodePorts } from './names.js'
import { sealingConfigOf } from './sealing-config.js'

export interface Identity {
  readonly pki: Pki
  readonly verifier: Verifier
  readonly sessionKeys: SessionKeys
  readonly sealing: SealingKeys
}

export const openIdentity = async (
  config: NodeConfig,
  parts: Machine & { readonly records: Records; readonly ports: () => NodePorts },
): Promise<Identity> => {
  const { records, clock, entropy, ids, ports } = parts
  const { log, dataFolder } = config
  const verifier = threadPoolVerifier()
  const sealer = await openSealer(sealingConfigOf(config), { records, entropy, log })
  const pki = await openPki(
    {
      dataFolder,
      server: serverNames(config.publicHosts),
      endpoint: () => endpointOf(config.publicHosts[0], ports()),
      ...(config.serverCertificate === undefined
        ? {}
        : { givenServer: { ...config.serverCertificate, ...wantedNames(config) } }),
      ...(config.serverCas === undefined ? {} : { serverRoots: config.serverCas }),
      ...(config.ca === undefined ? {} : { ca: config.ca }),
      ...(config.signers === undefined ? {} : { signers: config.signers }),
      ...(config.offlineRootFile === undefined ? {} : { offlineRootFile: config.offlineRootFile }),
      ...(config.vendorCas === undefined ? {} : { vendorCas: config.vendorCas }),
    },
    { records, sealer, verifier, clock, entropy, ids, log },
  )
  const sealing = softwareSealing(sealer, entropy)
  return { pki, verifier, sessionKeys: createSessionKeys(sealer), sealing }
}
