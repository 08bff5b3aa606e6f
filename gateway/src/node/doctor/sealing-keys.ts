/** Which sealing keys a node has, how much lies under each, and which of them may be removed. */
import { toHex } from '@tillgate/protocol'
import type { SealedCount } from '../../core/queries/queries.js'
import type { Entropy, Timers } from '../../core/ports/system.js'
import { glanceAtDatabase } from '../../adapters/records/postgres/glance.js'
import { glanceAtFolder } from '../../adapters/records/sqlite/glance.js'
import { readSealer } from '../../pki/index.js'
import type { NodeConfig } from '../config.js'
import { sealingConfigOf } from '../sealing-config.js'
import { ok, warn, fail, type Finding } from './finding.js'

export interface SealingKeyStatus {
  readonly kid: string
  /** `unknown`: values lie under it, and it is not given. */
  readonly use: 'current' | 'older' | 'next' | 'unknown'
  /** Values that lie under it, by column. */
  readonly values: Readonly<Record<string, number>>
  /** An older key under which nothing lies. Of backups it says nothing. */
  readonly mayBeRemoved: boolean
}

interface KnownKeys {
  readonly keyId: Uint8Array
  readonly keyIds: readonly Uint8Array[]
  readonly olderKeyIds: readonly Uint8Array[]
}

export const sealingKeyStatus = (
  known: KnownKeys | undefined,
  counts: readonly SealedCount[],
): readonly SealingKeyStatus[] => {
  const given = (known?.keyIds ?? []).map((id) => toHex(id))
  const older = new Set((known?.olderKeyIds ?? []).map((id) => toHex(id)))
  const current = known === undefined ? undefined : toHex(known.keyId)
  const found = counts.map(({ kid }) => toHex(kid))
  return [...new Set([...given, ...found])].map((kid) => {
    const under = counts.filter((count) => toHex(count.kid) === kid)
    const values = Object.fromEntries(under.map(({ place, values: n }) => [place, Number(n)]))
    const mayBeRemoved = older.has(kid) && under.length === 0
    if (kid === current) return { kid, use: 'current', values, mayBeRemoved }
    const use = older.has(kid) ? 'older' : given.includes(kid) ? 'next' : 'unknown'
    return { kid, use, values, mayBeRemoved }
  })
}

const check = 'older sealing keys'

export const olderKeys = (list: readonly SealingKeyStatus[]): Finding => {
  const unknown = list.filter(({ use }) => use === 'unknown')
  if (unknown.length > 0) {
    const kids = unknown.map(({ kid }) => kid).join(', ')
    return fail(check, `values lie under ${kids}, which is not given: name it among the older keys`)
  }
  const older = list.filter(({ use }) => use === 'older')
  const done = older.filter(({ mayBeRemoved }) => mayBeRemoved).map(({ kid }) => kid)
  if (done.length > 0) {
    return warn(check, `nothing lies under ${done.join(', ')} any more: it may be removed`)
  }
  if (older.length === 0) return ok(check, 'none')
  return ok(check, `values lie under ${older.map(({ kid }) => kid).join(', ')}: the nodes carry on`)
}

/** Looks from outside, whether a node runs or not. Throws RecordsRefused and PkiRefused. */
export const lookAtSealingKeys = async (
  config: NodeConfig,
  { timers, entropy }: { readonly timers: Timers; readonly entropy: Entropy },
): Promise<readonly SealingKeyStatus[]> => {
  const { records, dataFolder } = config
  const glance =
    records?.kind === 'postgres'
      ? await glanceAtDatabase(records.url, timers)
      : glanceAtFolder(dataFolder)
  return sealingKeyStatus(readSealer(sealingConfigOf(config), entropy), glance.sealed)
}
