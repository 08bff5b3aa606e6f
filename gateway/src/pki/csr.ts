/**
 * Certificate requests (PKCS #10, RFC 2986) from strangers: size, shape, key kind, then the signature,
 * through node:crypto over the very bytes that came. From a request only the public key is taken; a
 * subject may name the serial number and nothing else, attributes are ignored.
 */
import { equalBytes } from '@tillgate/protocol'
import { createHash, verify, type KeyObject } from 'node:crypto'
import { derBits, derOid, derParts, derTag, derValue, type DerValue } from './der.js'
import { identityKey } from './identity-key.js'
import { pkiLimits } from './limits.js'
import { pemDecode } from './pem.js'

export interface Csr {
  readonly spki: Uint8Array
  /** SHA-256 of the request's DER: by this a repetition is recognised. */
  readonly sha256: Uint8Array
}

export type ParsedCsr =
  | { readonly ok: true; readonly csr: Csr }
  | { readonly ok: false; readonly code: 'CSR_INVALID' | 'TOO_LARGE'; readonly rule: string }

const refuse = (rule: string): ParsedCsr => ({ ok: false, code: 'CSR_INVALID', rule })
const tooLarge = (rule: string): ParsedCsr => ({ ok: false, code: 'TOO_LARGE', rule })

/** RFC 7468 §7: some tools write the second label; both mean the same. */
const labels = ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST']

/** Signature algorithms by OID. SHA-1 and RSASSA-PSS with its parameters are not taken. */
const algorithms: ReadonlyMap<string, { readonly hash: string; readonly type: 'rsa' | 'ec' }> =
  new Map([
    ['2a8648ce3d040302', { hash: 'sha256', type: 'ec' }],
    ['2a8648ce3d040303', { hash: 'sha384', type: 'ec' }],
    ['2a8648ce3d040304', { hash: 'sha512', type: 'ec' }],
    ['2a864886f70d01010b', { hash: 'sha256', type: 'rsa' }],
    ['2a864886f70d01010c', { hash: 'sha384', type: 'rsa' }],
    ['2a864886f70d01010d', { hash: 'sha512', type: 'rsa' }],
  ])

interface Parts {
  readonly info: DerValue
  readonly subject: DerValue
  readonly spki: DerValue
  readonly algorithm: string
  readonly signature: Uint8Array
}

const cut = (der: Uint8Array): Parts | undefined => {
  const outer = derParts(derValue(der, derTag.sequence), derTag.sequence)
  if (outer?.length !== 3) return undefined
  const [info, signatureAlgorithm, signatureBits] = outer
  const fields = derParts(info, derTag.sequence)
  if (info === undefined || fields === undefined) return undefined
  const [version, subject, spki, attributes, ...rest] = fields
  if (version?.tag !== derTag.integer || !equalBytes(version.content, Uint8Array.of(0))) {
    return undefined
  }
  if (subject?.tag !== derTag.sequence || spki?.tag !== derTag.sequence) return undefined
  if (attributes !== undefined && attributes.tag !== derTag.attributes) return undefined
  const algorithm = derOid(derParts(signatureAlgorithm, derTag.sequence)?.[0])
  const signature = derBits(signatureBits)
  if (rest.length > 0 || algorithm === undefined || signature === undefined) return undefined
  return { info, subject, spki, algorithm, signature }
}

const commonName = '550403'
const textTags: readonly number[] = [derTag.utf8String, derTag.printableString, derTag.ia5String]

/** The common names of a subject; undefined where it is no Name. */
const commonNames = (subject: DerValue): readonly string[] | undefined => {
  const names: string[] = []
  for (const set of derParts(subject, derTag.sequence) ?? []) {
    const attributes = derParts(set, derTag.set)
    if (attributes === undefined) return undefined
    for (const attribute of attributes) {
      const [type, value, ...rest] = derParts(attribute, derTag.sequence) ?? []
      const oid = derOid(type)
      if (oid === undefined || value === undefined || rest.length > 0) return undefined
      if (oid !== commonName) continue
      if (!textTags.includes(value.tag)) return undefined
      names.push(Buffer.from(value.content).toString('utf8'))
    }
  }
  return names
}

const signed = (parts: Parts, key: KeyObject): boolean => {
  const algorithm = algorithms.get(parts.algorithm)
  if (algorithm === undefined || algorithm.type !== key.asymmetricKeyType) return false
  try {
    return verify(algorithm.hash, parts.info.whole, key, parts.signature)
  } catch {
    return false
  }
}

/** `sn`: the serial number that the request is for; undefined: for a server, its subject is not asked. */
export const parseCsrDer = (der: Uint8Array, sn: string | undefined): ParsedCsr => {
  if (der.length > pkiLimits.csrDerBytesMax) {
    return tooLarge(`a request has at most ${String(pkiLimits.csrDerBytesMax)} bytes`)
  }
  const parts = cut(der)
  if (parts === undefined) return refuse('it is not a PKCS #10 request in DER')
  const names = commonNames(parts.subject)
  if (names === undefined) return refuse('the subject is not a name')
  if (sn !== undefined && names.some((name) => name !== sn)) {
    return refuse('a common name in the subject is the serial number, or there is none')
  }
  const key = identityKey(parts.spki.whole)
  if (!key.ok) return refuse(key.rule)
  if (!algorithms.has(parts.algorithm)) {
    return refuse('it is signed with ECDSA or RSA PKCS #1 v1.5, and SHA-256, 384 or 512')
  }
  if (!signed(parts, key.key)) return refuse('its signature is not by its own key')
  return {
    ok: true,
    csr: {
      spki: new Uint8Array(parts.spki.whole),
      sha256: new Uint8Array(createHash('sha256').update(der).digest()),
    },
  }
}

export const parseCsrPem = (pem: string, sn: string | undefined): ParsedCsr => {
  if (pem.length > pkiLimits.csrPemLengthMax) {
    return tooLarge(`a request has at most ${String(pkiLimits.csrPemLengthMax)} characters`)
  }
  const der = pemDecode(pem, labels)
  return der === undefined
    ? refuse('it is one PEM block labelled CERTIFICATE REQUEST')
    : parseCsrDer(der, sn)
}
