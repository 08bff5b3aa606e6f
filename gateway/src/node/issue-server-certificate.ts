/**
 * Issues a server certificate for something beside Tillgate: a broker, a balancer. Works on the records
 * while nodes run, where they are a database; a data folder has one owner at a time.
 */
import { generateKeyPairSync } from 'node:crypto'
import { isIP } from 'node:net'

import type { Records } from '../core/ports/records.js'
import { certificatePem, issueOutside, openSealer, openVault, parseCsrPem } from '../pki/index.js'
import type { NodeConfig } from './config.js'
import { machineOf } from './machine.js'
import { openRecords } from './open-records.js'
import { sealingConfigOf } from './sealing-config.js'

export interface ServerCertificateOrder {
  /** Host names and addresses. */
  readonly names: readonly string[]
  readonly days: number
  /** PKCS #10 in PEM: only its key is used. Left out, a key is made. */
  readonly csrPem?: string
}

export type IssuedServerCertificate =
  | {
      readonly ok: true
      /** With the CA behind it. */
      readonly certPem: string
      /** Undefined where it belongs to whoever made the request. */
      readonly keyPem: string | undefined
      readonly caPem: string
    }
  | Refused

interface Refused {
  readonly ok: false
  readonly option: 'name' | 'days' | 'csr'
  readonly rule: string
}

const namesMax = 32
const daysMax = 398
const dayMs = 86_400_000
const hostLengthMax = 253
const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
const hostName = new RegExp(`^(\\*\\.)?(${label}\\.)*${label}$`)

const refuse = (option: Refused['option'], rule: string): Refused => ({ ok: false, option, rule })

const isHost = (name: string): boolean =>
  isIP(name) !== 0 || (name.length <= hostLengthMax && hostName.test(name))

const broken = ({ names, days }: ServerCertificateOrder): Refused | undefined => {
  if (names.length === 0 || names.length > namesMax) {
    return refuse('name', `must be given, once to ${String(namesMax)} times`)
  }
  const bad = names.find((name) => !isHost(name))
  if (bad !== undefined) {
    return refuse('name', `must be a host name in small letters, or an address; ${bad} is neither`)
  }
  if (Number.isInteger(days) && days >= 1 && days <= daysMax) return undefined
  return refuse('days', `must lie between 1 and ${String(daysMax)}`)
}

/** A name that a terminal has would make people take the one for the other. */
const terminalsName = async (
  names: readonly string[],
  records: Records,
): Promise<Refused | undefined> => {
  for (const sn of names.flatMap((name) => [name, name.toUpperCase()])) {
    if ((await records.read('terminal-by-sn', { sn })) === undefined) continue
    return refuse('name', `must not be a terminal's serial number; ${sn} is registered`)
  }
  return undefined
}

const newKey = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  return {
    ok: true as const,
    spki: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

const keyOf = (csrPem: string | undefined) => {
  if (csrPem === undefined) return newKey()
  const parsed = parseCsrPem(csrPem, undefined)
  if (!parsed.ok) return refuse('csr', `is refused: ${parsed.rule}`)
  return { ok: true as const, spki: parsed.csr.spki, keyPem: undefined }
}

/** Throws PkiRefused or RecordsRefused where there is no Tillgate to issue it. */
export const issueServerCertificate = async (
  config: NodeConfig,
  order: ServerCertificateOrder,
): Promise<IssuedServerCertificate> => {
  const wrong = broken(order)
  if (wrong !== undefined) return wrong
  const key = keyOf(order.csrPem)
  if (!key.ok) return key
  const machine = machineOf({})
  const { clock, entropy } = machine
  const records = await openRecords(config, machine)
  try {
    const taken = await terminalsName(order.names, records)
    if (taken !== undefined) return taken
    const { log } = config
    const sealer = await openSealer(sealingConfigOf(config), { records, entropy, log })
    const vault = openVault(records, sealer, clock)
    const names = {
      names: order.names.filter((name) => isIP(name) === 0),
      addresses: order.names.filter((name) => isIP(name) !== 0),
    }
    const { spki, keyPem } = key
    const wanted = { names, spki, lifeMs: order.days * dayMs }
    const { der, caPem } = await issueOutside(wanted, { vault, clock, entropy })
    return { ok: true, certPem: certificatePem(der) + caPem, keyPem, caPem }
  } finally {
    await records.close()
  }
}
