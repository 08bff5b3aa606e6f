/** The sealing key against the vault, the offline root that should be elsewhere, and when certificates end. */
import { X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Entropy, EpochMs } from '../../core/ports/system.js'
import type { VaultGlance } from '../../adapters/records/glance.js'
import { offlineRootFile, PkiRefused, readSealer, type SealingConfig } from '../../pki/index.js'
import { ending, fail, ok, warn, type Finding } from './finding.js'
import { doctorLimits } from './limits.js'

export const sealingKey = (
  config: SealingConfig,
  vault: readonly VaultGlance[],
  entropy: Entropy,
): Finding => {
  const check = 'sealing key'
  const sealed = vault.filter(({ sealedPart }) => sealedPart !== null)
  try {
    const sealer = readSealer(config, entropy)
    if (sealed.length === 0) {
      return ok(
        check,
        sealer === undefined ? 'the first start makes one' : 'there, and nothing is sealed yet',
      )
    }
    if (sealer === undefined) {
      return fail(
        check,
        'the vault is sealed and its key is not there: put it back from where you keep it',
      )
    }
    const shut = sealed.filter((row) => !sealer.open(row, row.sealedPart ?? new Uint8Array()).ok)
    if (shut.length === 0)
      return ok(check, `opens all ${String(sealed.length)} secrets of the vault`)
    const names = shut.map(({ name }) => name).join(', ')
    return fail(check, `does not open ${names}: it is another key, or the vault was damaged`)
  } catch (error) {
    if (error instanceof PkiRefused) return fail(check, error.message)
    throw error
  }
}

export const offlineRoot = (dataFolder: string): Finding => {
  const check = 'offline root'
  const file = join(dataFolder, offlineRootFile)
  return existsSync(file)
    ? warn(
        check,
        `${file} still lies here: copy it to two media kept apart, read it back, delete it`,
      )
    : ok(check, 'not on this machine')
}

const certificateOf = (row: VaultGlance | undefined): X509Certificate | undefined =>
  row === undefined || row.publicPart === null ? undefined : new X509Certificate(row.publicPart)

export const casIn = (vault: readonly VaultGlance[]): readonly X509Certificate[] =>
  vault.flatMap((row) => (row.kind === 'ca' ? (certificateOf(row) ?? []) : []))

export const caCertificate = (vault: readonly VaultGlance[], nowMs: EpochMs): Finding =>
  ending('CA certificate', casIn(vault).at(-1), { nowMs, leftMsWarn: doctorLimits.caLeftMsWarn })

export const issuedCertificate = (vault: readonly VaultGlance[], nowMs: EpochMs): Finding =>
  ending('server certificate', certificateOf(vault.findLast(({ kind }) => kind === 'server')), {
    ...{ nowMs, leftMsWarn: doctorLimits.certificateLeftMsWarn },
  })
