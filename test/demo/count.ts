/**
 * What really happened, counted from the terminals' own flash, the host's file and the records; never
 * from what the demo meant to do.
 */
import {
  createHostClient,
  hostFileName,
  ledgerOf,
  readFlash,
  readHostFile,
  systemTimers,
  trySale,
  type FlashImage,
  type SaleEntry,
} from '@tillgate/device-sim'
import { nodePrimitives } from '@tillgate/protocol/node'
import { join } from 'node:path'

import { ApiError } from './api-client.js'
import { concurrently } from './concurrently.js'
import type { Member, Sold } from './fleet.js'
import type { Progress } from './progress.js'
import { validProof, type ProofOfApi } from './proofs.js'
import type { Scene } from './scene.js'
import type { Ordered } from './unbinding.js'

export interface Counts {
  readonly ordered: number
  readonly verified: number
  readonly refused: number
  readonly pending: number
  readonly unknown: number
  readonly lost: number
  readonly doubled: number
  readonly proofsVerified: number
  /** What was found missing or twice, in words. */
  readonly findings: readonly string[]
  readonly sales: { readonly approved: number; readonly stored: number }
  readonly refusals: ReadonlyMap<string, number>
}

interface CaseOfApi {
  readonly state: string
  /** The Unbind that it ordered last. */
  readonly commandId: string | null
}

interface CommandOfApi {
  readonly state: string
  readonly outcome: string
  readonly resultCode: string | null
  readonly proofs: readonly ProofOfApi[]
}

type End = 'verified' | 'refused' | 'pending' | 'unknown' | 'lost'

interface Judged {
  readonly end: End
  readonly proofs: number
  readonly erasures: number
  readonly code: string
}

const workingKeys = new Set(['PIK', 'MAK', 'TDK'])

/** No working key, and no merchant, is left in this flash. */
export const isClean = (flash: FlashImage): boolean =>
  flash.cells.binding === undefined &&
  flash.cells.erasure === undefined &&
  [...flash.areas.slots.values()].every(
    ({ purpose, sealed }) => !workingKeys.has(purpose) || sealed === undefined,
  )

const lastTrace = 999_999

export const hostRefuses = async (
  { host }: Pick<Scene, 'host'>,
  member: Pick<Member, 'acquirerCode' | 'mid' | 'tid' | 'sn'>,
): Promise<boolean> => {
  const client = createHostClient({
    host: 'localhost',
    port: host.tlsPort,
    certificatePem: host.certificatePem,
    timers: systemTimers,
  })
  const { acquirerCode, mid, tid, sn } = member
  const trial = { acquirerCode, mid, tid, sn, batchNumber: 1, trace: lastTrace, takenAtMs: 1 }
  const result = await trySale(client, nodePrimitives, { ...trial, mak: undefined })
  client.close()
  return result.ok && result.refused && result.responseCode === '97'
}

const findCase = async ({ api }: Scene, caseId: string): Promise<CaseOfApi | undefined> => {
  try {
    return await api.get<CaseOfApi>(`/v1/unbind-cases/${caseId}`)
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error
    return undefined
  }
}

const judge = async (scene: Scene, { member, caseId }: Ordered): Promise<Judged> => {
  const erasures = readFlash(member.flashFile).cells.erasureCounter ?? 0
  const unbindCase = await findCase(scene, caseId)
  const none = { proofs: 0, erasures, code: '' }
  if (unbindCase === undefined) return { ...none, end: 'lost' }
  const { commandId } = unbindCase
  if (commandId === null) return { ...none, end: 'pending' }
  const command = await scene.api.get<CommandOfApi>(`/v1/commands/${commandId}`)
  const valid = command.proofs.filter(
    (proof) => validProof(proof, { sn: member.sn, commandId, caPem: scene.caPem }) !== undefined,
  )
  const base = { proofs: valid.length, erasures, code: command.resultCode ?? '' }
  if (command.outcome === 'unknown') return { ...base, end: 'unknown' }
  if (command.state === 'refused') return { ...base, end: 'refused' }
  const verified =
    unbindCase.state === 'CLOSED' &&
    command.state === 'done' &&
    valid.length > 0 &&
    isClean(readFlash(member.flashFile)) &&
    (await hostRefuses(scene, member))
  return { ...base, end: verified ? 'verified' : 'pending' }
}

export type AtHost = ReadonlyMap<string, readonly SaleEntry[]>

/** Every sale in the host's file, by TID and trace. */
export const salesAtHost = async (hostFolder: string): Promise<AtHost> => {
  const file = await readHostFile(join(hostFolder, hostFileName))
  if (file === undefined) throw new Error('the host has no file')
  const found = new Map<string, SaleEntry[]>()
  for (const record of file.state.tids.values()) {
    const { name, batches } = ledgerOf(record)
    for (const entry of batches.flatMap(({ entries }) => entries)) {
      const key = `${name.mid}/${name.tid}/${String(entry.trace)}`
      found.set(key, [...(found.get(key) ?? []), entry])
    }
  }
  return found
}

const keyOf = ({ member, trace }: Sold): string => `${member.mid}/${member.tid}/${String(trace)}`

/** A sale that the customer was told of and that nobody has any more. */
export const isLostSale = (sold: Sold, atHost: AtHost): boolean => {
  if (sold.outcome !== 'approved' && sold.outcome !== 'stored') return false
  const kept = (atHost.get(keyOf(sold)) ?? []).some(
    (entry) => entry.reversedAtMs === undefined && entry.amountMinor === sold.amountMinor,
  )
  if (kept || sold.outcome === 'approved') return !kept
  const waiting = readFlash(sold.member.flashFile).areas.offline.values()
  return ![...waiting].some(({ trace }) => trace === sold.trace)
}

const findingsOf = (
  judged: readonly (Judged & { readonly member: Member })[],
  sold: readonly Sold[],
  atHost: AtHost,
): { readonly lost: readonly string[]; readonly doubled: readonly string[] } => ({
  lost: [
    ...judged.filter(({ end }) => end === 'lost').map(({ member }) => `unbind of ${member.sn}`),
    ...sold
      .filter((one) => isLostSale(one, atHost))
      .map(({ member, outcome, trace }) => `${outcome} sale ${String(trace)} of ${member.sn}`),
  ],
  doubled: [
    ...judged
      .filter(({ erasures, proofs }) => erasures > 1 || proofs > 1)
      .map(({ member }) => `erasure of ${member.sn}`),
    ...[...atHost]
      .filter(
        ([, entries]) =>
          entries.filter(({ reversedAtMs }) => reversedAtMs === undefined).length > 1,
      )
      .map(([key]) => `sale ${key}`),
  ],
})

export const count = async (
  scene: Scene,
  { ordered, sold }: { readonly ordered: readonly Ordered[]; readonly sold: readonly Sold[] },
  progress: Progress,
): Promise<Counts> => {
  let done = 0
  const judged = await concurrently(ordered, 16, async (one) => {
    const answer = { ...(await judge(scene, one)), member: one.member }
    progress.at('proofs and flashes checked', (done += 1), ordered.length)
    return answer
  })
  const { lost, doubled } = findingsOf(judged, sold, await salesAtHost(scene.hostFolder))
  const of = (end: End): number => judged.filter((one) => one.end === end).length
  const refusals = new Map<string, number>()
  for (const { end, code } of judged) {
    if (end === 'refused') refusals.set(code, (refusals.get(code) ?? 0) + 1)
  }
  const outcomes = (outcome: string): number => sold.filter((one) => one.outcome === outcome).length
  return {
    // A lost order is not one of the four ends; it is counted where it hurts.
    ordered: ordered.length - of('lost'),
    verified: of('verified'),
    refused: of('refused'),
    pending: of('pending'),
    unknown: of('unknown'),
    lost: lost.length,
    doubled: doubled.length,
    proofsVerified: judged.reduce((sum, { proofs }) => sum + proofs, 0),
    findings: [...lost.map((text) => `lost: ${text}`), ...doubled.map((text) => `twice: ${text}`)],
    sales: { approved: outcomes('approved'), stored: outcomes('stored') },
    refusals,
  }
}
