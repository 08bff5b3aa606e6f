// Certificates that somebody may show at the door: good, foreign, forged, over, not yet, and none. What ours
// issued without registering comes from nodes on copies of the stage's folder, whose clocks go as a test wants.
import { cpSync } from 'node:fs'
import { createHash, createPublicKey, X509Certificate } from 'node:crypto'
import { makeCsr } from '@tillgate/device-sim'
import { openNode, systemClock, type GatewayNode } from '@tillgate/gateway'
import { generatePrivateKey, keyObjectOf } from '@tillgate/protocol/node'
import { makeStranger, type Stranger } from '../e2e/bare-client.js'
import { certificateFor, registerTerminal } from '../e2e/enrolled.js'
import type { Stage } from '../e2e/stage.js'
import { tempFolder } from '../ground/index.js'
import { selfSigned } from '../listener/certificates.js'

export interface Identity {
  readonly name: string
  /** The serial number that it says, or that it was registered for. */
  readonly sn: string
  /** Whether its terminal may come in by it. */
  readonly lives: boolean
  readonly key: string | undefined
  readonly cert: string | undefined
}

const dayMs = 86_400_000
const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }

/** Like the stage's node, at another time, unknown to its records. */
export const openElsewhere = (folder: string, aheadMs = 0): Promise<GatewayNode> =>
  openNode(
    {
      dataFolder: folder,
      log,
      listener: { host: '127.0.0.1', mqttsPort: 0, wssPort: 0 },
      publicHosts: ['localhost'],
      hostAdapter: { kind: 'recorder' },
    },
    { clock: { now: () => systemClock.now() + aheadMs, monotonic: () => systemClock.monotonic() } },
  )

export const copyOf = (folder: string): string => {
  const copy = tempFolder('elsewhere')
  cpSync(folder, copy, { recursive: true })
  return copy
}

interface Issued {
  readonly key: string
  readonly cert: string
}

const issueElsewhere = async (folder: string, sn: string, aheadMs = 0): Promise<Issued> => {
  const node = await openElsewhere(folder, aheadMs)
  try {
    await registerTerminal(node.services, sn)
    const key = generatePrivateKey('ES256')
    const { certificatePem, chainPem } = await certificateFor(node.services, sn, makeCsr(key, sn))
    const keyPem = keyObjectOf(key).export({ format: 'pem', type: 'pkcs8' }).toString()
    return { key: keyPem, cert: certificatePem + chainPem }
  } finally {
    await node.stop()
  }
}

/** Into the stage's records, as if it had been looked at when it was good. */
const register = async (
  stage: Stage,
  sn: string,
  { cert }: Issued,
  issuer: 'tillgate' | 'vendor',
): Promise<void> => {
  const { raw, publicKey, validFrom, validTo } = new X509Certificate(cert)
  const certificate = {
    sha256: new Uint8Array(createHash('sha256').update(raw).digest()),
    der: new Uint8Array(raw),
    spki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
    issuer,
    notBeforeMs: Date.parse(validFrom),
    notAfterMs: Date.parse(validTo),
  }
  const order = { sn, certificate, actor: 'e2e', atMs: systemClock.now() }
  const answer = await stage.services.records.submit('register-certificate', order)
  if (!answer.ok) throw new Error(`${sn}: ${answer.code}`)
}

const fingerprintOf = (pem: string): string =>
  createHash('sha256').update(new X509Certificate(pem).raw).digest('hex')

/** The victim's certificate, byte for byte, but for the point of its key. */
const withOtherKey = (pem: string): Issued => {
  const { raw, publicKey } = new X509Certificate(pem)
  const key = keyObjectOf(generatePrivateKey('ES256'))
  const point = (of: ReturnType<typeof createPublicKey>): Buffer =>
    of.export({ format: 'der', type: 'spki' }).subarray(-65)
  const at = raw.indexOf(point(publicKey))
  const der = Buffer.from(raw)
  point(createPublicKey(key)).copy(der, at)
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  const cert = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
  return { key: key.export({ format: 'pem', type: 'pkcs8' }).toString(), cert }
}

export const identityOf = (name: string, { sn, keyPem, enrolled }: Stranger): Identity => ({
  name,
  sn,
  lives: true,
  key: keyPem,
  cert: enrolled.certificatePem + enrolled.chainPem,
})

const revoked = async (stage: Stage): Promise<Identity> => {
  const stranger = await makeStranger(stage, 'REVOKED-1')
  const { certificates, clock } = stage.services
  const fingerprint = fingerprintOf(stranger.enrolled.certificatePem)
  await certificates.revoke({ fingerprint, reason: 'x', actor: 'e2e', nowMs: clock.now() })
  return { ...identityOf('revoked', stranger), lives: false }
}

export interface Victims {
  readonly own: Stranger
  readonly neighbour: Stranger
  readonly victim: { readonly sn: string; readonly certificatePem: string }
}

/** `copies`: of the stage's folder, from before the victim was known. */
export const fillWallet = async (
  stage: Stage,
  { own, neighbour, victim }: Victims,
  copies: readonly [string, string, string],
): Promise<readonly Identity[]> => {
  const { sn } = victim
  const [now, past, future] = copies
  for (const over of ['EXPIRED-1', 'FUTURE-1', 'VENDOR-1'])
    await registerTerminal(stage.services, over)
  const unregistered = await issueElsewhere(now, sn)
  const expired = await issueElsewhere(past, 'EXPIRED-1', -800 * dayMs)
  await register(stage, 'EXPIRED-1', expired, 'tillgate')
  const early = await issueElsewhere(future, 'FUTURE-1', 30 * dayMs)
  await register(stage, 'FUTURE-1', early, 'tillgate')
  const foreign = await issueElsewhere(tempFolder('foreign'), sn)
  const vendor = await issueElsewhere(tempFolder('vendor'), 'VENDOR-1')
  await register(stage, 'VENDOR-1', vendor, 'vendor')
  const dead = { lives: false }
  return [
    identityOf('its own', own),
    identityOf('its neighbour’s', neighbour),
    { name: 'ours, not registered', sn, ...dead, ...unregistered },
    await revoked(stage),
    { name: 'expired', sn: 'EXPIRED-1', ...dead, ...expired },
    { name: 'not yet valid', sn: 'FUTURE-1', ...dead, ...early },
    { name: 'self-signed', sn, ...dead, ...selfSigned(sn) },
    { name: 'of a foreign CA', sn, ...dead, ...foreign },
    { name: 'of a maker that is not trusted', sn: 'VENDOR-1', ...dead, ...vendor },
    { name: 'the victim’s with another key', sn, ...dead, ...withOtherKey(victim.certificatePem) },
    { name: 'none', sn, ...dead, key: undefined, cert: undefined },
  ]
}
