/**
 * request-approval: a maker asks for something destructive; the subject is frozen, and how many persons must
 * approve it is decided from all targets of this maker, and of each merchant, over the last hours. The count
 * is read and written in this transaction.
 * The maker is whoever signed in, or a token and whoever made it, and whoever made that one's maker, …
 * Results: ok | NOT_FOUND (no such user or token) | IDEMPOTENCY_MISMATCH.
 * Events: approval.requested.
 */
import { toHex, uuidToText } from '@tillgate/protocol'

import { approversNeeded } from '../approvals/approvers-needed.js'
import type { ApprovalPolicy } from '../approvals/policy.js'
import { countTargets } from '../approvals/tally.js'
import { peopleLimits } from '../people/limits.js'
import type { ApiTokenRow, ApprovalTallyRow, IdempotencyRow, UserRow } from '../records/tables.js'
import { event } from './event.js'
import { earlierAnswer, loadEarlier, remember, type IdempotencyClaim } from './idempotency.js'
import {
  freshId,
  insert,
  one,
  operation,
  together,
  update,
  type Decision,
  type Load,
  type Write,
} from './operation.js'

export interface RequestedTarget {
  readonly terminalId: number
  readonly sn: string
  readonly merchantId: number
  readonly bindingUuid: Uint8Array
  readonly bindingEpoch: number
}

export type ApprovalMaker = { readonly userId: number } | { readonly tokenUuid: Uint8Array }

export interface RequestApprovalInput {
  readonly uuid: Uint8Array
  readonly publicId: string
  readonly kind: string
  /** `subjectBytes` over exactly these targets, and its SHA-256. */
  readonly subject: Uint8Array
  readonly subjectHash: Uint8Array
  readonly targets: readonly RequestedTarget[]
  readonly brakeCap: number | null
  readonly acquirerCode: string | null
  readonly maker: ApprovalMaker
  readonly reason: string
  readonly expiresAtMs: number
  readonly policy: ApprovalPolicy
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
}

interface Maker {
  readonly user: UserRow | undefined
  readonly token: ApiTokenRow | undefined
  /** The first is the maker. */
  readonly names: readonly string[]
  /** The person at the beginning, where there is one. */
  readonly person: UserRow | undefined
}

export interface RequestApprovalRows {
  readonly earlier: IdempotencyRow | undefined
  readonly maker: Maker
  readonly tallies: Readonly<Record<string, ApprovalTallyRow | undefined>>
  readonly id: number
}

export type RequestApprovalResult =
  | { readonly ok: true; readonly publicId: string; readonly approversNeeded: number | null }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'IDEMPOTENCY_MISMATCH' }

function* loadMaker(maker: ApprovalMaker): Load<Maker> {
  if ('userId' in maker) {
    const user = yield* one('user', { id: maker.userId })
    return { user, token: undefined, names: user ? [user.login] : [], person: user }
  }
  const token = yield* one('apiToken', { uuid: maker.tokenUuid })
  const names: string[] = []
  for (let at = token; at !== undefined && names.length < peopleLimits.ancestorsMax;) {
    names.push(at.name)
    const by = at.createdBy
    const { user, next } = yield* together({
      user: one('user', { login: by }),
      next: one('apiToken', { name: by }),
    })
    if (user !== undefined) return { user: undefined, token, names: [...names, by], person: user }
    at = next
  }
  return { user: undefined, token, names, person: undefined }
}

const merchantKey = (merchantId: number): string => `merchant:${String(merchantId)}`

/** A person counts as one, by whatever token. */
const makerKey = ({ person, token }: Maker): string =>
  person === undefined ? `maker:token:${token?.name ?? ''}` : `maker:user:${String(person.id)}`

function* load(input: RequestApprovalInput): Load<RequestApprovalRows> {
  const { earlier, maker, id } = yield* together({
    earlier: loadEarlier(input.idempotency),
    maker: loadMaker(input.maker),
    id: freshId('approval'),
  })
  const merchants = new Set(input.targets.map(({ merchantId }) => merchantKey(merchantId)))
  // In one order, whoever asks: two that ask at once must not wait for each other.
  const keys = [makerKey(maker), ...merchants].sort()
  const tallies = yield* together(
    Object.fromEntries(keys.map((key) => [key, one('approvalTally', { key })])),
  )
  return { earlier, maker, tallies, id }
}

interface Counts {
  readonly maker: number
  readonly merchant: number
  readonly writes: readonly Write[]
}

const count = (rows: RequestApprovalRows, input: RequestApprovalInput): Counts => {
  const { windowHours } = input.policy
  const wanted = new Map<string, number>([[makerKey(rows.maker), input.targets.length]])
  for (const { merchantId } of input.targets) {
    const key = merchantKey(merchantId)
    wanted.set(key, (wanted.get(key) ?? 0) + 1)
  }
  const counted = [...wanted].map(([key, targets]) => {
    const row = rows.tallies[key]
    const { total, hours } = countTargets(row, targets, { atMs: input.atMs, windowHours })
    const write = row
      ? update('approvalTally', row.id, { hours }, { hours: row.hours })
      : insert('approvalTally', { key, hours })
    return { total, write }
  })
  const [maker, ...merchants] = counted.map(({ total }) => total)
  return {
    maker: maker ?? 0,
    merchant: Math.max(0, ...merchants),
    writes: counted.map(({ write }) => write),
  }
}

const requested = (
  rows: RequestApprovalRows,
  input: RequestApprovalInput,
): Decision<RequestApprovalResult> => {
  const { maker, id } = rows
  const { uuid, publicId, kind, subject, subjectHash, targets, reason, actor, atMs } = input
  const counts = count(rows, input)
  const needed = approversNeeded([counts.maker, counts.merchant], input.policy)
  return {
    writes: [
      insert('approval', {
        id,
        uuid,
        kind,
        subject,
        subjectHash,
        targetCount: targets.length,
        makerActor: actor,
        makerUserId: maker.user?.id ?? null,
        makerTokenUuid: maker.token?.uuid ?? null,
        makerNames: JSON.stringify(maker.names),
        makerCount: counts.maker,
        merchantCount: counts.merchant,
        approversNeeded: needed,
        breakGlass: 0,
        brakeCap: input.brakeCap,
        acquirerCode: input.acquirerCode,
        state: 'PENDING',
        open: 1,
        reason,
        usedCount: 0,
        expiresAtMs: input.expiresAtMs,
        createdAtMs: atMs,
        decidedAtMs: null,
      }),
      ...targets.map((target) =>
        insert('approvalTarget', { approvalId: id, ...target, usedBy: null }),
      ),
      ...counts.writes,
      event({
        atMs,
        kind: 'approval.requested',
        actor,
        data: {
          approval: uuidToText(uuid),
          kind,
          subjectHash: toHex(subjectHash),
          targets: targets.length,
          makerCount: counts.maker,
          merchantCount: counts.merchant,
          approversNeeded: needed,
          brakeCap: input.brakeCap,
        },
      }),
      ...remember(input.idempotency, { kind: 'approval', id: publicId, atMs }),
    ],
    result: { ok: true, publicId, approversNeeded: needed },
  }
}

export const requestApproval = operation<
  RequestApprovalInput,
  RequestApprovalRows,
  RequestApprovalResult
>({
  name: 'request-approval',
  load,
  decide(rows, input) {
    const before = earlierAnswer(rows.earlier, input.idempotency)
    if (before.kind === 'same') {
      return {
        writes: [],
        result: { ok: true, publicId: before.madeId, approversNeeded: null },
      }
    }
    if (before.kind === 'mismatch') {
      return { writes: [], result: { ok: false, code: 'IDEMPOTENCY_MISMATCH' } }
    }
    if (rows.maker.user === undefined && rows.maker.token === undefined) {
      return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    }
    return requested(rows, input)
  },
})
