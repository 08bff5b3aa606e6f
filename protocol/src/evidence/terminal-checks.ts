// What the terminal has signed: that nothing was left when it was ready, and what it erased. Its key is that of
// a certificate which a CA of the verifier's has issued for its serial number.
import { equalBytes, uuidToText } from '../bytes.js'
import { fromBase64 } from '../audit/base64.js'
import type { PublicKeyHandle, Primitives } from '../crypto/primitives.js'
import { parseEnvelope } from '../envelope/envelope.js'
import { verifySignature } from '../envelope/signature.js'
import { parseDownlink } from '../messages/downlink.js'
import type { Proceed } from '../messages/proceed.js'
import type { Proof } from '../messages/proof.js'
import { unsettledAreas, type Ready } from '../messages/ready.js'
import { parseUplink, type Uplink } from '../messages/uplink.js'
import { absent, ok, wrong, type Finding } from './findings.js'
import type { EvidencePack } from './pack.js'

export interface ReadCertificate {
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  /** Of its subject. */
  readonly commonName: string | undefined
}

/** Parses X.509, which nothing here does. Undefined where no CA of these has issued it. */
export type ReadIssued = (der: Uint8Array, caPem: string) => ReadCertificate | undefined

export interface TerminalWords {
  readonly ready: readonly Uplink<Ready>[]
  readonly proofs: readonly Uplink<Proof>[]
  /** Evidence that no certificate of the pack has signed. */
  readonly unsigned: number
}

const kinds: ReadonlySet<string> = new Set(['ready', 'proof'])

const keysOf = (
  p: Primitives,
  { certificates, case: { sn } }: EvidencePack,
  ca: string,
  read: ReadIssued,
): readonly PublicKeyHandle[] =>
  certificates.flatMap((encoded) => {
    const der = fromBase64(encoded)
    const found = der === undefined ? undefined : read(der, ca)
    if (found === undefined || (found.commonName ?? sn) !== sn) return []
    return (['ES256', 'PS256', 'ED25519'] as const).flatMap((alg) => {
      const key = p.importPublicKey(found.spki, alg)
      return key === undefined ? [] : [key]
    })
  })

/** Each Ready and Proof among the evidence, where its signature is the terminal's. */
export const wordsOf = (
  p: Primitives,
  pack: EvidencePack,
  ca: string,
  read: ReadIssued,
): TerminalWords => {
  const keys = keysOf(p, pack, ca, read)
  const ready: Uplink<Ready>[] = []
  const proofs: Uplink<Proof>[] = []
  let unsigned = 0
  for (const { evidence } of pack.events) {
    const bytes = evidence === null ? undefined : fromBase64(evidence)
    const envelope = bytes === undefined ? undefined : parseEnvelope(bytes)
    if (envelope?.ok !== true) continue
    const { body, auth } = envelope.value
    const uplink = parseUplink(body)
    if (!uplink.ok || !kinds.has(uplink.value.message.kind)) continue
    const isSigned =
      auth?.kind === 'signature' &&
      uplink.value.sn === pack.case.sn &&
      keys.some((key) => verifySignature(p, key, 'device', body, auth))
    if (!isSigned) unsigned += 1
    else if (uplink.value.message.kind === 'ready') ready.push(uplink.value as Uplink<Ready>)
    else proofs.push(uplink.value as Uplink<Proof>)
  }
  return { ready, proofs, unsigned }
}

interface SentProceed {
  readonly hash: Uint8Array
  readonly message: Proceed
  readonly commandId: string
}

/** The Proceed of a command, as the gateway made it. */
export const proceedsOf = (p: Primitives, { commands }: EvidencePack): readonly SentProceed[] =>
  commands.flatMap(({ id, proceedBody }) => {
    const body = proceedBody === null ? undefined : fromBase64(proceedBody)
    const parsed = body === undefined ? undefined : parseDownlink(body)
    if (body === undefined || parsed?.ok !== true) return []
    const { message } = parsed.value
    return message.kind === 'proceed' ? [{ hash: p.sha256(body), message, commandId: id }] : []
  })

export interface Erasure {
  readonly proof: Uplink<Proof>
  readonly proceed: SentProceed
}

/** A full proof that answers a Proceed of this case, under its epoch. */
export const erasureOf = (
  pack: EvidencePack,
  words: TerminalWords,
  proceeds: readonly SentProceed[],
): Erasure | undefined => {
  for (const proof of words.proofs) {
    const { message, commandId } = proof
    const proceed = proceeds.find(
      (sent) =>
        equalBytes(sent.hash, message.proceedHash) &&
        equalBytes(sent.message.readyNonce, message.readyNonce) &&
        commandId !== undefined &&
        uuidToText(commandId) === sent.commandId,
    )
    const isItsEpoch = message.bindingEpoch === pack.case.bindingEpoch
    if (proceed !== undefined && isItsEpoch && !message.partial) return { proof, proceed }
  }
  return undefined
}

/** U2: the terminal itself has said, in this run, that nothing was left. */
export const readyFinding = (words: TerminalWords, erasure: Erasure | undefined): Finding => {
  if (erasure === undefined) return absent('ready', 'nothing was erased')
  const { readyNonce } = erasure.proof.message
  const ready = words.ready.find(({ message }) => equalBytes(message.readyNonce, readyNonce))
  if (ready === undefined) return wrong('ready', 'no Ready of the terminal leads to its proof')
  const left = unsettledAreas(ready.message)
  return left.length === 0
    ? ok('ready', 'batch, offline sales and reversals were empty when it was ready')
    : wrong('ready', `something was left: ${left.join(', ')}`)
}

export const proofFindings = (
  words: TerminalWords,
  erasure: Erasure | undefined,
  claimsProof: boolean,
): readonly Finding[] => {
  if (words.unsigned > 0) {
    const says = `${String(words.unsigned)} of the terminal's words are not signed by its key`
    return [wrong('proof', says)]
  }
  if (erasure === undefined) {
    const says = 'no full proof of the terminal answers a Proceed of this case'
    return [(claimsProof ? wrong : absent)('proof', says)]
  }
  const { slots, areas, counter } = erasure.proof.message
  const keptSlots = slots.filter(
    ({ before, after }) => before.state !== 'EMPTY' && after.state === 'ACTIVE',
  )
  const keptAreas = areas.filter(({ recordsAfter }) => recordsAfter > 0)
  const erased = slots.length - keptSlots.length
  return [
    ok('proof', `signed by the terminal, its erasure number ${String(counter)}`),
    keptAreas.length > 0
      ? wrong('erased', `something was left in ${keptAreas.map(({ name }) => name).join(', ')}`)
      : ok('erased', `${String(erased)} key slots, ${String(areas.length)} data areas`),
  ]
}
