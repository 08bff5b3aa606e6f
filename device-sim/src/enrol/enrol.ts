/**
 * Enrolment: a new key, a CSR, and the one-time token for a certificate (protocol README §12). The
 * token carries the hash of Tillgate's CA, so nothing has to be trusted before. The key is in flash
 * before the request leaves: a lost answer is asked for again with the same CSR, and gets the same
 * certificate.
 */
import { openSignerList, type AlgorithmName } from '@tillgate/protocol'
import { createHash, X509Certificate } from 'node:crypto'
import type { Agent } from 'node:https'
import type { Identity } from '../flash/contents.js'
import type { Flash } from '../flash/flash.js'
import type { TerminalCrypto } from '../runner/crypto.js'
import { importRoot } from '../terminal/session/trust.js'
import { parseAnswer, type EnrolmentAnswer } from './answer.js'
import { csrToPem } from './csr.js'
import { callHttps } from './https.js'

export interface EnrolOptions {
  readonly sn: string
  readonly flash: Flash
  readonly crypto: TerminalCrypto
  /** Base URL of the API: `https://host:port`. */
  readonly apiUrl: string
  readonly token: string
  readonly alg?: Extract<AlgorithmName, 'ES256' | 'PS256'>
  /** The CA in PEM, where it is known already; it is checked against the token all the same. */
  readonly ca?: string
  readonly agent?: Agent
}

export class EnrolmentFailed extends Error {
  readonly code: string
  constructor(code: string, detail: string) {
    super(`enrolment: ${code}: ${detail}`)
    this.name = 'EnrolmentFailed'
    this.code = code
  }
}

/** The last part of the token: SHA-256 of the CA's certificate, in hex. */
const pinOf = (token: string): string => token.slice(token.lastIndexOf('.') + 1)

const hashOf = (ca: X509Certificate): string => createHash('sha256').update(ca.raw).digest('hex')

/** The CA as the server shows it. Trust it only if it has the hash that the token names. */
export const fetchCa = async (apiUrl: string): Promise<string> => {
  const { status, text } = await callHttps({
    url: new URL('/ca.pem', apiUrl).href,
    method: 'GET',
    ca: undefined,
  })
  if (status !== 200) throw new EnrolmentFailed('CA', `the server answered ${String(status)}`)
  return text
}

const synced = (flash: Flash): Promise<void> =>
  new Promise((resolve, reject) =>
    flash.sync((failure) => (failure === undefined ? resolve() : reject(failure))),
  )

/** A request that was begun before is finished with the same key. */
const keyFor = async ({ sn, flash, crypto, alg = 'ES256' }: EnrolOptions): Promise<Uint8Array> => {
  const begun = flash.read().cells.nextIdentity
  if (begun !== undefined) return begun.csr
  const { identity, csr } = crypto.makeIdentity(flash.read(), sn, alg)
  flash.write([{ cell: 'nextIdentity', value: { ...identity, csr } }])
  await synced(flash)
  return csr
}

const keep = async (
  { sn, flash, crypto }: EnrolOptions,
  answer: EnrolmentAnswer,
  next: Identity,
): Promise<void> => {
  if (answer.sn !== sn) throw new EnrolmentFailed('WRONG_TARGET', 'it is for another terminal')
  const { offlineRoot, signerList: envelope } = answer
  const root = importRoot(crypto.primitives, offlineRoot)
  const list = root === undefined ? undefined : openSignerList(crypto.primitives, root, envelope)
  if (list?.ok !== true) throw new EnrolmentFailed('BAD_SIGNATURE', 'signer list and root differ')
  const { alg, spki, sealedKey } = next
  const { certificate, chain, serverCa, clientId, assetEpoch, mqtts, wss } = answer
  const binding = flash.read().cells.epochs?.binding ?? 0
  flash.write([
    { cell: 'identity', value: { sn, alg, spki, sealedKey } },
    { cell: 'nextIdentity', value: undefined },
    { cell: 'certificate', value: { certificate, chain } },
    { cell: 'epochs', value: { asset: assetEpoch, binding } },
    { cell: 'enrolment', value: { clientId, offlineRoot, serverCa, mqtts, wss } },
    { cell: 'signerList', value: { version: list.value.listVersion, envelope } },
    {
      area: 'slots',
      id: 'IDENTITY',
      value: {
        purpose: 'IDENTITY',
        version: 1,
        state: 'ACTIVE',
        kcv: undefined,
        algorithm: alg === 'PS256' ? 'RSA' : 'EC',
        sealed: undefined,
      },
    },
  ])
  await synced(flash)
}

const problemOf = (status: number, text: string): EnrolmentFailed => {
  try {
    const { code, detail } = JSON.parse(text) as { code?: unknown; detail?: unknown }
    return new EnrolmentFailed(String(code ?? status), String(detail ?? ''))
  } catch {
    return new EnrolmentFailed(String(status), 'no problem document')
  }
}

export const isEnrolled = (flash: Flash): boolean => flash.read().cells.certificate !== undefined

export const enrol = async (options: EnrolOptions): Promise<void> => {
  const { flash, apiUrl, token, agent } = options
  // The one certificate that was compared is trusted, and nothing that came behind it in the text.
  const named = new X509Certificate(options.ca ?? (await fetchCa(apiUrl)))
  if (hashOf(named) !== pinOf(token)) {
    throw new EnrolmentFailed('CA', 'not the CA that the token names')
  }
  const ca = named.toString()
  const csr = await keyFor(options)
  const { status, text } = await callHttps({
    url: new URL('/v1/enrolments', apiUrl).href,
    method: 'POST',
    body: { csr: csrToPem(csr), token },
    ca,
    ...(agent === undefined ? {} : { agent }),
  })
  if (status !== 200 && status !== 201) throw problemOf(status, text)
  const next = flash.read().cells.nextIdentity
  if (next === undefined) throw new EnrolmentFailed('INTERNAL', 'the key is gone')
  await keep(options, parseAnswer(text), next)
}
