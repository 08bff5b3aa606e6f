/**
 * Collects the evidence of one case from the records, for `verifyPack` of the protocol: the events of the case and
 * its commands with their places in the sealed ledger, the terminal's certificates, what was approved. It reads,
 * and changes nothing. Accounts, contacts and documents stay where they are.
 */
import {
  packFormat,
  packLimits,
  toBase64,
  uuidFromText,
  uuidToText,
  type EvidencePack,
  type PackedApproval,
  type PackedCommand,
  type PackedEvent,
} from '@tillgate/protocol'

import type { AuditService } from '../audit/audit-service.js'
import type { Records } from '../ports/records.js'
import type { Clock } from '../ports/system.js'
import type { CaseView, EventView } from '../queries/queries.js'
import type { Answer } from '../services/command-service.js'
import { refusal } from '../services/refusal.js'

export interface EvidenceService {
  /** `NOT_SEALED_YET` for a moment after something happened; `TOO_LARGE` beyond the limits of a pack. */
  pack(uuid: Uint8Array): Promise<Answer<EvidencePack>>
}

export interface EvidencePorts {
  readonly records: Pick<Records, 'read'>
  readonly audit: AuditService
  readonly clock: Pick<Clock, 'now'>
  /** Of the CA that issues to terminals, and of makers that are trusted. PEM. */
  terminalCas(): string
}

const pageRows = 500
/** Lines of the terminal's ledger that are looked through. */
const linesMax = 20_000
const approvalUsed = 'approval.used'

const timeOf = (ms: number): string => new Date(ms).toISOString()

const textOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (unit) => String.fromCharCode(unit)).join('')

const usedBy = ({ data }: EventView): { readonly by?: unknown; readonly approval?: unknown } =>
  JSON.parse(data) as { readonly by?: unknown; readonly approval?: unknown }

interface Lines {
  readonly events: readonly EventView[]
  readonly commands: ReadonlyMap<string, Uint8Array>
  readonly approvals: ReadonlySet<string>
}

/** Everything of the ledger that is this case's: its own lines, its commands', the approvals that it took. */
const sortOut = (lines: readonly EventView[], { uuid }: CaseView): Lines => {
  const id = uuidToText(uuid)
  const isOwn = ({ caseUuid }: EventView): boolean =>
    caseUuid !== null && uuidToText(caseUuid) === id
  const commands = new Map<string, Uint8Array>()
  for (const line of lines) {
    if (isOwn(line) && line.commandUuid !== null) {
      commands.set(uuidToText(line.commandUuid), line.commandUuid)
    }
  }
  const approvals = new Set<string>()
  const events = lines.filter((line) => {
    if (isOwn(line)) return true
    if (line.commandUuid !== null && commands.has(uuidToText(line.commandUuid))) return true
    const { by, approval } = line.kind === approvalUsed ? usedBy(line) : {}
    if (by !== id) return false
    approvals.add(String(approval))
    return true
  })
  return { events, commands, approvals }
}

export const createEvidence = (ports: EvidencePorts): EvidenceService => {
  const { records, audit, clock } = ports

  /** Undefined where they are more than are looked through. */
  const linesOf = async ({
    id,
    terminalId,
  }: CaseView): Promise<readonly EventView[] | undefined> => {
    const [first] = await records.read('events-of-case', { caseId: id, afterId: 0, limit: 1 })
    const { position: throughId } = await records.read('event-head', {})
    const lines: EventView[] = []
    for (let afterId = (first?.id ?? 1) - 1; ;) {
      const page = { afterId, throughId, limit: pageRows, terminalId }
      const found = await records.read('event-views', page)
      lines.push(...found)
      if (found.length < pageRows) return lines
      if (lines.length > linesMax) return undefined
      afterId = found.at(-1)?.id ?? throughId
    }
  }

  const packEvent = async (line: EventView, size: number): Promise<PackedEvent | undefined> => {
    const proof = await audit.inclusion({ eventId: line.id, size })
    if (!proof.ok) return undefined
    const idOf = (uuid: Uint8Array | null) => (uuid === null ? null : uuidToText(uuid))
    return {
      ...{ id: line.id, at: timeOf(line.atMs), kind: line.kind, actor: line.actor, sn: line.sn },
      data: JSON.parse(line.data),
      evidence: line.evidence === null ? null : toBase64(line.evidence),
      ...{ commandId: idOf(line.commandUuid), bindingId: idOf(line.bindingUuid) },
      ...{ caseId: idOf(line.caseUuid), index: proof.index, path: proof.path.map(toBase64) },
    }
  }

  const packCommand = async (id: string, uuid: Uint8Array): Promise<PackedCommand> => {
    const row = await records.read('command-by-uuid', { uuid })
    const encoded = (body: Uint8Array | null | undefined) =>
      body === null || body === undefined ? null : toBase64(body)
    return { id, body: encoded(row?.body), proceedBody: encoded(row?.proceedBody) }
  }

  const packApproval = async (id: string): Promise<readonly PackedApproval[]> => {
    const uuid = uuidFromText(id)
    const row = uuid && (await records.read('approval-by-uuid', { uuid }))
    if (row === undefined) return []
    const votes = await records.read('approval-votes', { approvalId: row.id })
    const { makerActor: maker, approversNeeded } = row
    return [
      {
        ...{ id, maker, approversNeeded, subject: textOf(row.subject) },
        votes: votes.map(({ login, decision, label, atMs }) => ({
          ...{ login, decision, label, at: timeOf(atMs) },
        })),
      },
    ]
  }

  const packCase = async (row: CaseView): Promise<EvidencePack['case']> => {
    const binding = await records.read('binding-by-uuid', { uuid: row.bindingUuid })
    const { sn, acquirerCode, mid, tid, reason, state, confirmedHow, endedAtMs } = row
    return {
      ...{ id: uuidToText(row.uuid), sn, bindingId: uuidToText(row.bindingUuid) },
      ...{ bindingEpoch: binding?.epoch ?? 0, acquirerCode, mid, tid, reason, state, confirmedHow },
      openedAt: timeOf(row.createdAtMs),
      endedAt: endedAtMs === null ? null : timeOf(endedAtMs),
    }
  }

  const certificatesOf = async ({ terminalId }: CaseView): Promise<readonly string[]> => {
    const all = await records.read('certificates-of-terminal', { terminalId })
    return all.slice(-packLimits.certificatesMax).map(({ der }) => toBase64(der))
  }

  /** Undefined where the newest of them is not under a signed head yet. */
  const sealed = async (
    events: readonly EventView[],
  ): Promise<Pick<EvidencePack, 'events' | 'checkpoint'> | undefined> => {
    const head = await audit.checkpoint()
    if (head === undefined) return undefined
    const packed: PackedEvent[] = []
    for (const line of events) {
      const one = await packEvent(line, head.size)
      if (one === undefined) return undefined
      packed.push(one)
    }
    return { events: packed, checkpoint: head.note }
  }

  return {
    async pack(uuid) {
      const row = await records.read('case-by-uuid', { uuid })
      if (row === undefined) return refusal('NOT_FOUND', 'id')
      const lines = await linesOf(row)
      const { events, commands, approvals } = sortOut(lines ?? [], row)
      const isTooLarge =
        lines === undefined ||
        events.length > packLimits.eventsMax ||
        commands.size > packLimits.commandsMax ||
        approvals.size > packLimits.approvalsMax
      if (isTooLarge) return refusal('TOO_LARGE', 'id')
      const ledger = await sealed(events)
      if (ledger === undefined) return refusal('NOT_SEALED_YET', 'id')
      const value: EvidencePack = {
        format: packFormat,
        madeAt: timeOf(clock.now()),
        case: await packCase(row),
        commands: await Promise.all([...commands].map(([id, of]) => packCommand(id, of))),
        approvals: (await Promise.all([...approvals].map(packApproval))).flat(),
        certificates: await certificatesOf(row),
        ...ledger,
        keys: { checkpoint: audit.verifierKey ?? null, ca: ports.terminalCas() },
      }
      return { ok: true, value }
    },
  }
}

/** For a name of the file. */
export const packName = ({ case: { sn, id } }: EvidencePack): string =>
  `evidence-${sn.replaceAll(/[^A-Za-z0-9._-]/g, '_')}-${id.slice(0, 8)}.json`
