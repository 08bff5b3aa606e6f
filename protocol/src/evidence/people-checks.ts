// Who wanted it, and that it happened in the right order.
import { equalBytes, toHex } from '../bytes.js'
import { fromBase64 } from '../audit/base64.js'
import type { Primitives } from '../crypto/primitives.js'
import { parseDownlink } from '../messages/downlink.js'
import { absent, ok, wrong, type Finding } from './findings.js'
import { textHash } from './ledger-checks.js'
import type { EvidencePack, PackedApproval } from './pack.js'

interface Subject {
  readonly targets?: readonly {
    readonly sn?: unknown
    readonly binding?: unknown
    readonly epoch?: unknown
  }[]
}

const namesIt = ({ subject }: PackedApproval, { case: of }: EvidencePack): boolean => {
  try {
    const { targets = [] } = JSON.parse(subject) as Subject
    return targets.some(
      ({ sn, binding, epoch }) =>
        sn === of.sn && binding === of.bindingId && epoch === of.bindingEpoch,
    )
  } catch {
    return false
  }
}

/** Of the Command bodies: what the destructive key has signed that it was approved. */
const approvedHashes = ({ commands }: EvidencePack): readonly Uint8Array[] =>
  commands.flatMap(({ body }) => {
    const bytes = body === null ? undefined : fromBase64(body)
    const parsed = bytes === undefined ? undefined : parseDownlink(bytes)
    if (parsed?.ok !== true || parsed.value.message.kind !== 'command') return []
    const { approvalHash } = parsed.value.message
    return approvalHash === undefined ? [] : [approvalHash]
  })

export const approvalFindings = (p: Primitives, pack: EvidencePack): readonly Finding[] => {
  const hashes = approvedHashes(pack)
  if (hashes.length === 0) {
    const says = 'nothing was ordered under an approval'
    return [absent('approval', says), absent('second-person', says)]
  }
  const held = hashes.map((hash) =>
    pack.approvals.find(({ subject }) => equalBytes(textHash(p, subject), hash)),
  )
  const strange = hashes.find((_, i) => held[i] === undefined)
  if (strange !== undefined) {
    const says = `no list here has the hash that was ordered under: ${toHex(strange)}`
    return [wrong('approval', says), wrong('second-person', says)]
  }
  const used = held.filter((one): one is PackedApproval => one !== undefined)
  const foreign = used.find((one) => !namesIt(one, pack))
  const alone = used.find(({ votes, maker, approversNeeded }) => {
    const yes = new Set(votes.filter(({ decision }) => decision === 'approve').map((v) => v.login))
    return yes.has(maker) || yes.size < Math.max(1, approversNeeded)
  })
  return [
    foreign === undefined
      ? ok('approval', 'the list that was approved names this terminal, binding and epoch')
      : wrong('approval', `${foreign.id} does not name this terminal and binding`),
    alone === undefined
      ? ok('second-person', 'approved by others than who asked (attested by the server)')
      : wrong('second-person', `${alone.id} was not approved by enough others`),
  ]
}

const placeOf = ({ events }: EvidencePack, kind: string): number =>
  events.findLastIndex((event) => event.kind === kind)

/** U3: the ledger has the host's answer before the point of no return. */
export const blockedFirst = (pack: EvidencePack): Finding => {
  const proceed = placeOf(pack, 'command.proceed_sent')
  if (proceed < 0) return absent('tid-blocked-first', 'there was no Proceed')
  const blocked = pack.events
    .slice(0, proceed)
    .findLastIndex(({ kind }) => kind === 'command.tid_blocked')
  return blocked >= 0
    ? ok('tid-blocked-first', 'the host had blocked the TID when Proceed was committed')
    : wrong('tid-blocked-first', 'no answer of the host stands before Proceed')
}

/** U4: closed means proved, and cancelled at the registry. */
export const closedFinding = (pack: EvidencePack, isErased: boolean): Finding => {
  const { state } = pack.case
  if (state === 'CLOSED_UNPROVEN') return absent('closed', 'closed by force: no erase is claimed')
  if (state !== 'CLOSED') return absent('closed', `the case is ${state}`)
  const last = pack.events.findLast(({ data }) => {
    const { to } = (data ?? {}) as { readonly to?: unknown }
    return to === 'CLOSED'
  })
  if (last === undefined) return wrong('closed', 'the ledger does not say that it was closed')
  const wasTold =
    placeOf(pack, 'case.deregistering') >= 0 || placeOf(pack, 'case.deregistered') >= 0
  if (!isErased || !wasTold)
    return wrong('closed', 'closed without a proof or without the registry')
  return ok('closed', 'proved, and cancelled at the registry')
}
