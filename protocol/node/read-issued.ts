/** X.509 for `verifyPack`: the certificate, where one of these CAs has issued it. */
import { X509Certificate } from 'node:crypto'

import type { ReadIssued } from '@tillgate/protocol'

const certificates = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

const isIssuedBy = (leaf: X509Certificate, pem: string): boolean => {
  const ca = new X509Certificate(pem)
  return leaf.checkIssued(ca) && leaf.verify(ca.publicKey)
}

export const readIssued: ReadIssued = (der, caPem) => {
  try {
    const leaf = new X509Certificate(der)
    if (!(caPem.match(certificates) ?? []).some((pem) => isIssuedBy(leaf, pem))) return undefined
    const spki = leaf.publicKey.export({ type: 'spki', format: 'der' })
    const commonName = /^CN=(.+)$/m.exec(leaf.subject)?.[1]
    return { spki: new Uint8Array(spki), commonName }
  } catch {
    // Whoever wrote the pack may have written anything.
    return undefined
  }
}
