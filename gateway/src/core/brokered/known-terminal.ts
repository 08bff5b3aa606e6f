/**
 * Whose key an uplink is under, as the records say. Behind a broker there is no TLS to say it: a signed
 * uplink belongs to that certificate of this serial number whose key has its kid, a MACed one to the
 * certificate that the terminal's session stands on. Either must pass the same door as a connection.
 */
import { kidOf } from '@tillgate/protocol'

import type { Admission } from '../ports/link.js'
import type { Records } from '../ports/records.js'
import type { Digest } from '../ports/signing.js'
import type { Clock } from '../ports/system.js'
import type { CertificateRow, TerminalRow } from '../records/tables.js'
import { mayConnect } from '../terminals/may-connect.js'

export interface KnownTerminal {
  readonly terminal: TerminalRow
  readonly certificates: readonly CertificateRow[]
}

export interface DoorPorts {
  readonly digest: Digest
  readonly clock: Clock
  trusts(certificate: CertificateRow): boolean
}

export type Entry =
  | { readonly ok: true; readonly admission: Admission & { ok: true }; readonly sha256: Uint8Array }
  | (Admission & { readonly ok: false })

export const readTerminal = async (
  records: Records,
  sn: string,
): Promise<KnownTerminal | undefined> => {
  const terminal = await records.read('terminal-by-sn', { sn })
  if (terminal === undefined) return undefined
  const { id: terminalId } = terminal
  return { terminal, certificates: await records.read('certificates-of-terminal', { terminalId }) }
}

const enter = (
  ports: DoorPorts,
  terminal: TerminalRow,
  certificate: CertificateRow | undefined,
): Entry => {
  const found = certificate && { certificate, terminal }
  const trusted = certificate !== undefined && ports.trusts(certificate)
  const admission = mayConnect(found, { nowMs: ports.clock.now(), trusted })
  if (!admission.ok || certificate === undefined) return admission as Entry
  return { ok: true, admission, sha256: certificate.sha256 }
}

/** Several certificates may be over one key: one that may come in is enough. */
export const enterByKid = (
  ports: DoorPorts,
  { terminal, certificates }: KnownTerminal,
  kid: Uint8Array,
): Entry => {
  const { digest } = ports
  const entries = certificates
    .filter(({ spki }) => digest.equal(kid, kidOf(digest, spki)))
    .map((certificate) => enter(ports, terminal, certificate))
  return (
    entries.find(({ ok }) => ok) ?? entries.at(-1) ?? { ok: false, code: 'CERTIFICATE_UNKNOWN' }
  )
}

export const enterBySession = (
  ports: DoorPorts,
  { terminal, certificates }: KnownTerminal,
): Entry =>
  enter(
    ports,
    terminal,
    certificates.find(({ id }) => id === terminal.sessionCertificateId),
  )
