/**
 * Where the acquirer's host is, and what a factory needs of it: read from the folder of a simulated
 * host. Without one a terminal has a master key that nobody shares, and never reaches its host.
 */
import { fromHex } from '@tillgate/protocol'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHostClient } from '../host/host-client.js'
import type { HostPort } from '../host/messages.js'
import { manufactureKeyOf, type KeyCrypto } from '../host/working-keys.js'
import type { Timers } from '../system/system.js'

export interface HostPlace {
  readonly port: HostPort
  readonly manufactureKey: Uint8Array
  close(): void
}

export const noHost = (crypto: KeyCrypto): HostPlace => ({
  port: { exchange: () => Promise.resolve({ ok: false, code: 'unreachable' }) },
  manufactureKey: manufactureKeyOf(crypto, 'nobody'),
  close: () => undefined,
})

const connectionsMax = 16

export const hostPlace = (
  folder: string,
  address: { readonly host: string; readonly port: number },
  timers: Timers,
): HostPlace => {
  const identity = readFileSync(join(folder, 'host-identity.pem'), 'utf8')
  const at = identity.indexOf('-----BEGIN CERTIFICATE-----')
  const manufactureKey = fromHex(readFileSync(join(folder, 'manufacture.key'), 'utf8').trim())
  if (at < 0 || manufactureKey === undefined) throw new Error(`${folder}: no folder of a host`)
  const certificatePem = identity.slice(at)
  const client = createHostClient({ ...address, certificatePem, timers, connectionsMax })
  return { port: client, manufactureKey, close: () => client.close() }
}
