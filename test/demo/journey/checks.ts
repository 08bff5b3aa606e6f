/**
 * What came of the journey, read from the records, the host's file, the file of the hooks' receiver and the
 * terminal's flash; nothing from what the walk meant to do.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import {
  hostFileName,
  ledgerOf,
  readFlash,
  readHostFile,
  type TidLedger,
} from '@tillgate/device-sim'

import { hostRefuses, isClean, isLostSale, salesAtHost } from '../count.js'
import { acquirerCode } from '../fleet.js'
import { validProof, type ProofOfApi } from '../proofs.js'
import type { Scene } from '../scene.js'
import { checkEvidence } from './evidence.js'
import { account, mid, type CaseOfApi, type Walked } from './walk.js'

export type Checks = Readonly<Record<string, boolean>>

interface CommandOfApi {
  readonly state: string
  readonly bindingEpoch: number
  readonly proceedAt: string | null
  readonly result: { readonly keysOk?: boolean; readonly flashOk?: boolean } | null
  readonly proofs: readonly ProofOfApi[]
}

interface ApprovalOfApi {
  readonly maker: string
  readonly subjectHash: string
  readonly votes: readonly { readonly login: string; readonly decision: string }[]
}

/** The ledger names these, in this order, others between them. */
const inOrder = (kinds: readonly string[], wanted: readonly string[]): boolean => {
  let from = 0
  for (const kind of wanted) {
    const at = kinds.indexOf(kind, from)
    if (at < 0) return false
    from = at + 1
  }
  return true
}

const ledgerAtHost = async (hostFolder: string, tid: string): Promise<TidLedger | undefined> => {
  const file = await readHostFile(join(hostFolder, hostFileName))
  const ledgers = [...(file?.state.tids.values() ?? [])].map(ledgerOf)
  return ledgers.find(({ name }) => name.tid === tid)
}

/** In no file of the records, the journal of writes included. */
const liesInRecords = async (folder: string, text: string): Promise<boolean> => {
  const entries = await readdir(join(folder, 'data'), { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const bytes = await readFile(join(entry.parentPath, entry.name))
    if (bytes.includes(text)) return true
  }
  return false
}

const aboutCase = (shown: CaseOfApi, approval: ApprovalOfApi): Checks => {
  const kinds = shown.ledger.map(({ kind }) => kind)
  const blocked = shown.ledger.filter(({ kind }) => kind === 'case.blocked')
  const because = blocked.map(({ data }) => String(data['because'])).join(' ')
  const voters = approval.votes.filter(({ decision }) => decision === 'approve')
  return {
    confirmedByCode: shown.confirmedHow === 'code',
    blockedByBatch: because.includes('UNSETTLED_BATCH'),
    approvedBySecondPerson:
      voters.length > 0 &&
      voters.every(({ login }) => login !== approval.maker) &&
      shown.approvalHash === approval.subjectHash,
    inOrder: inOrder(kinds, [
      ...['case.opened', 'case.blocked', 'case.confirmed', 'case.awaiting_approval'],
      ...['case.approved', 'case.dispatched', 'case.ready', 'case.tid_blocking'],
      ...['case.proceed_sent', 'case.proven', 'case.deregistering', 'case.closed'],
    ]),
    closed: shown.state === 'CLOSED',
  }
}

/** What the registry and the merchant's telephone got. */
const aboutHooks = ({ receiver }: Scene, { member, tids }: Walked): Checks => {
  const got = receiver.got().filter(({ was }) => was === 'acted')
  const told = (type: string, tid: string): number =>
    got.filter(
      ({ type: is, data }) => is === type && data?.['sn'] === member.sn && data['tid'] === tid,
    ).length
  const heard = got.filter(({ type }) => type === 'notices.send').map(({ data }) => data?.['kind'])
  return {
    registered: told('registry.register', tids[0]) === 1,
    deregistered: told('registry.deregister', tids[0]) === 1,
    registeredAgain: told('registry.register', tids[1]) === 1,
    // What was overtaken before it was sent, `accepted` among it, is not said any more.
    merchantWasTold: heard.includes('code') && heard.includes('done'),
  }
}

const aboutHost = async (scene: Scene, { member, tids }: Walked, command: CommandOfApi) => {
  const [old, next] = await Promise.all(tids.map((tid) => ledgerAtHost(scene.hostFolder, tid)))
  const block = old?.calls.at(-1)
  const proceedMs = Date.parse(command.proceedAt ?? '')
  const atHost = await salesAtHost(scene.hostFolder)
  const name = { acquirerCode, mid, sn: member.sn }
  return {
    batchSettled: old?.batches.every(({ settlement }) => settlement !== undefined) ?? false,
    tidBlocked: old?.state === 'blocked' && (await hostRefuses(scene, { ...name, tid: tids[0] })),
    // A second of the host's file and the millisecond of the records are of one clock.
    blockedBeforeProceed: block?.verb === 'block' && block.atMs <= proceedMs,
    noSaleLost: member.sold
      .slice(0, -1)
      .every((sold) => !isLostSale({ ...sold, member: { ...member, tid: tids[0] } }, atHost)),
    testTransaction: next?.batches.some(({ totals }) => totals.count === 1) ?? false,
  }
}

export const checkJourney = async (scene: Scene, walked: Walked): Promise<Checks> => {
  const { api, caPem, folder } = scene
  const { member, caseId, approvalId, selfTestId, bindings } = walked
  const { sn } = member
  const shown = await api.get<CaseOfApi>(`/v1/unbind-cases/${caseId}`)
  const approval = await api.get<ApprovalOfApi>(`/v1/approvals/${approvalId}`)
  const commandId = shown.commandId ?? ''
  const command = await api.get<CommandOfApi>(`/v1/commands/${commandId}`)
  const selfTest = await api.get<CommandOfApi>(`/v1/commands/${selfTestId}`)
  const flash = readFlash(member.flashFile)
  const proofs = command.proofs.filter(
    (proof) => validProof(proof, { sn, commandId, caPem }) !== undefined,
  )
  return {
    ...aboutCase(shown, approval),
    ...aboutHooks(scene, walked),
    ...(await aboutHost(scene, walked, command)),
    erasedOnce: flash.cells.erasureCounter === 1,
    proved: proofs.length === 1 && command.state === 'done',
    rebound: bindings[1].epoch === bindings[0].epoch + 1 && bindings[1].state === 'ACTIVE',
    reboundInFlash: !isClean(flash) && flash.areas.params.get('tid')?.text === walked.tids[1],
    selfTested: selfTest.result?.keysOk === true && selfTest.result.flashOk === true,
    ...(await checkEvidence(scene, caseId)),
    accountSealed: !(await liesInRecords(folder, account)),
  }
}
