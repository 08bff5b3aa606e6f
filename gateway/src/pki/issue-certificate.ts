/**
 * Makes certificates (RFC 5280) with @peculiar/x509: for keys of both kinds, by a CA of either kind.
 * The CA's key is a WebCrypto key that can't be exported and signs in the thread pool. This takes
 * 3 to 6 ms a certificate and is kept off every hot path.
 */
import 'reflect-metadata'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate as ParsedCertificate,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509'
import {
  createHash,
  createPublicKey,
  webcrypto,
  type X509Certificate,
  type KeyObject,
} from 'node:crypto'
import type { Entropy } from '../core/ports/system.js'
import { pkiLimits } from './limits.js'

/** What signs: the CA's private key, the name it issues under, the public key it is known by. */
export interface Issuer {
  readonly name: Name
  readonly spki: Uint8Array
  /** Of its certificate; undefined where that has none. */
  readonly keyIdentifier: string | undefined
  readonly key: webcrypto.CryptoKey
}

export interface ServerNames {
  readonly names: readonly string[]
  readonly addresses: readonly string[]
}

export type Profile =
  | { readonly profile: 'ca' }
  | { readonly profile: 'terminal' }
  | ({ readonly profile: 'server' } & ServerNames)

export interface CertificateOrder {
  /** The issuer itself where left out: a CA's own certificate. */
  readonly commonName?: string
  readonly spki: Uint8Array
  readonly notBeforeMs: number
  readonly notAfterMs: number
  readonly for: Profile
}

const algorithmOf = (key: KeyObject) => {
  const common = { hash: 'SHA-256' } as const
  return key.asymmetricKeyType === 'rsa'
    ? { ...common, name: 'RSASSA-PKCS1-v1_5' }
    : { ...common, name: 'ECDSA', namedCurve: 'P-256' }
}

/** RSA, or EC on P-256. The key object is not kept. */
const signingKey = (privateKey: KeyObject): Promise<webcrypto.CryptoKey> => {
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' })
  const algorithm = algorithmOf(privateKey)
  return webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign'])
}

const spkiOf = (privateKey: KeyObject): Uint8Array =>
  new Uint8Array(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }))

const keyIdentifierOf = (spki: Uint8Array): string =>
  createHash('sha256')
    .update(spki)
    .digest('hex')
    .slice(0, 2 * pkiLimits.keyIdentifierBytes)

/** A CA that has no certificate yet. */
export const newIssuer = async (commonName: string, privateKey: KeyObject): Promise<Issuer> => {
  const spki = spkiOf(privateKey)
  return {
    name: new Name([{ CN: [commonName] }]),
    spki,
    keyIdentifier: keyIdentifierOf(spki),
    key: await signingKey(privateKey),
  }
}

/** The CA of this certificate: name and key identifier as they stand in it, whoever made it. */
export const openIssuer = async (
  certificate: Uint8Array,
  privateKey: KeyObject,
): Promise<Issuer> => {
  const parsed = new ParsedCertificate(new Uint8Array(certificate))
  return {
    name: parsed.subjectName,
    spki: spkiOf(privateKey),
    keyIdentifier: parsed.getExtension(SubjectKeyIdentifierExtension)?.keyId,
    key: await signingKey(privateKey),
  }
}

/** 127 bits of chance: the first bit is 0 so that the number is positive, the second 1 so that it is long. */
const serialNumber = (entropy: Entropy): string => {
  const bytes = Buffer.from(entropy.bytes(pkiLimits.serialBytes))
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes.toString('hex')
}

const alternativeNames = ({ names, addresses }: ServerNames) => [
  ...names.map((value) => ({ type: 'dns' as const, value })),
  ...addresses.map((value) => ({ type: 'ip' as const, value })),
]

const usage = (profile: Profile): readonly Extension[] => {
  switch (profile.profile) {
    case 'ca':
      return [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      ]
    case 'terminal':
      return [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
      ]
    case 'server':
      return [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(alternativeNames(profile)),
      ]
    default:
      return profile satisfies never
  }
}

const authority = ({ keyIdentifier }: Issuer): readonly Extension[] =>
  keyIdentifier === undefined ? [] : [new AuthorityKeyIdentifierExtension(keyIdentifier)]

/** Certificates know seconds only. */
const wholeSecond = (ms: number): Date => new Date(Math.floor(ms / 1000) * 1000)

export const issueCertificate = async (
  issuer: Issuer,
  order: CertificateOrder,
  entropy: Entropy,
): Promise<Uint8Array> => {
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(entropy),
      subject: order.commonName === undefined ? issuer.name : [{ CN: [order.commonName] }],
      issuer: issuer.name,
      notBefore: wholeSecond(order.notBeforeMs),
      notAfter: wholeSecond(order.notAfterMs),
      publicKey: new Uint8Array(order.spki),
      signingKey: issuer.key,
      signingAlgorithm: { name: issuer.key.algorithm.name, hash: 'SHA-256' },
      extensions: [
        ...usage(order.for),
        new SubjectKeyIdentifierExtension(keyIdentifierOf(order.spki)),
        ...authority(issuer),
      ],
    },
    webcrypto,
  )
  return new Uint8Array(certificate.rawData)
}

/** Validity as the certificate says it. */
export const validityOf = (certificate: X509Certificate) => ({
  notBeforeMs: Date.parse(certificate.validFrom),
  notAfterMs: Date.parse(certificate.validTo),
})
