// A CA that is not Tillgate's, and what it signs for servers; as an operator's own would be.
import { generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock, systemEntropy } from '../../gateway/src/adapters/system/index.js'
import {
  issueCertificate,
  newIssuer,
  type Issuer,
  type Profile,
} from '../../gateway/src/pki/issue-certificate.js'
import { certificatePem } from '../../gateway/src/pki/pem.js'
import { day } from './pki-ground.js'

export interface MadeServer {
  readonly key: string
  /** With its root behind it. */
  readonly cert: string
  readonly leaf: X509Certificate
}

interface Order {
  readonly profile?: Profile
  readonly from?: number
  readonly until?: number
}

const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

export class OtherCa {
  readonly pem: string
  readonly #issuer: Issuer

  private constructor(issuer: Issuer, pem: string) {
    this.#issuer = issuer
    this.pem = pem
  }

  static async make(name = 'An Acquirer Root'): Promise<OtherCa> {
    const issuer = await newIssuer(name, newKey())
    const nowMs = systemClock.now()
    const validity = { notBeforeMs: nowMs - 100 * day, notAfterMs: nowMs + 1_000 * day }
    const order = { spki: issuer.spki, ...validity, for: { profile: 'ca' } } as const
    return new OtherCa(issuer, certificatePem(await issueCertificate(issuer, order, systemEntropy)))
  }

  /** `from`, `until`: in days from now. */
  async server(names: readonly string[], order: Order = {}): Promise<MadeServer> {
    const { profile, from = -1, until = 90 } = order
    const key = newKey()
    const { spki } = await newIssuer('whose', key)
    const nowMs = systemClock.now()
    const der = await issueCertificate(
      this.#issuer,
      {
        commonName: names[0] ?? 'nobody',
        spki,
        notBeforeMs: nowMs + from * day,
        notAfterMs: nowMs + until * day,
        for: profile ?? { profile: 'server', names, addresses: [] },
      },
      systemEntropy,
    )
    return {
      key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      cert: certificatePem(der) + this.pem,
      leaf: new X509Certificate(der),
    }
  }
}

export interface Files {
  readonly certFile: string
  readonly keyFile: string
}

export const filesIn = (folder: string): Files => ({
  certFile: join(folder, 'server.pem'),
  keyFile: join(folder, 'server.key'),
})

export const putFiles = (
  { certFile, keyFile }: Files,
  { cert, key }: Pick<MadeServer, 'cert' | 'key'>,
): void => {
  writeFileSync(keyFile, key)
  writeFileSync(certFile, cert)
}
