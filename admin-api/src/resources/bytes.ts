/** Bytes leave as base64, hashes as lower-case hex, certificates as PEM. */
import { Buffer } from 'node:buffer'

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

export const toPem = (label: string, der: Uint8Array): string => {
  const lines = toBase64(der).match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
