/**
 * What the API asks about approvals: freezes a request, looks up what its lines name, checks a code before a
 * vote. Policy comes from the node's configuration; whether it holds is decided in the operations.
 */
import { uuidToText } from '@tillgate/protocol'

import type { IdempotencyClaim } from '../operations/idempotency.js'
import type {
  ApprovalMaker,
  RequestApprovalResult,
  RequestedTarget,
} from '../operations/request-approval.js'
import type { CastVoteResult } from '../operations/cast-vote.js'
import type { PeopleService } from '../people/people-service.js'
import type { Records } from '../ports/records.js'
import type { Digest } from '../ports/signing.js'
import type { Clock, EpochMs, Ids } from '../ports/system.js'
import type { UserRow } from '../records/tables.js'
import { approvalLimits, type ApprovalPolicy } from './policy.js'
import { subjectBytes, type Subject } from './subject.js'

export interface ApprovalRequest {
  readonly kind: string
  readonly command: string
  readonly parameters: Subject['parameters']
  readonly sns: readonly string[]
  readonly brakeCap: number | null
  readonly reason: string
  readonly expiresAtMs: EpochMs
  readonly maker: ApprovalMaker
  /** Whatever the policy says; left out: it says. */
  readonly approversMin?: number
  readonly actor: string
  readonly idempotency?: IdempotencyClaim
}

/** A line of the list that can't be asked for, and why: every one is told. */
export interface LineFault {
  readonly line: number
  readonly sn: string
  readonly code: 'NOT_FOUND' | 'TERMINAL_NOT_BOUND' | 'DUPLICATE'
}

export type ApprovalAsked =
  | RequestApprovalResult
  | { readonly ok: false; readonly code: 'TOO_MANY_TARGETS' }
  | { readonly ok: false; readonly code: 'CONFLICT'; readonly lines: readonly LineFault[] }

export interface Vote {
  readonly approvalUuid: Uint8Array
  readonly voter: UserRow
  readonly decision: 'approve' | 'reject'
  readonly subjectHash: Uint8Array
  readonly reason: string
  readonly code: string
  readonly breakGlass: boolean
}

export interface ApprovalService {
  readonly policy: ApprovalPolicy
  request(asked: ApprovalRequest): Promise<ApprovalAsked>
  vote(vote: Vote): Promise<CastVoteResult>
}

export interface ApprovalPorts {
  readonly records: Records
  readonly people: Pick<PeopleService, 'stepOf'>
  readonly digest: Pick<Digest, 'sha256'>
  readonly clock: Clock
  readonly ids: Ids
  readonly policy: ApprovalPolicy
}

type Line =
  | { readonly sn: string; readonly code: LineFault['code'] }
  | { readonly sn: string; readonly target: RequestedTarget; readonly acquirerCode: string }

/** However few the targets are. */
const atLeast = (policy: ApprovalPolicy, approvers: number | undefined): ApprovalPolicy =>
  approvers === undefined
    ? policy
    : {
        ...policy,
        oneApproverTargetsMax: 0,
        approversAbove: Math.max(approvers, policy.approversAbove),
      }

export const createApprovalService = (ports: ApprovalPorts): ApprovalService => {
  const { records, people, digest, clock, ids, policy } = ports

  const lookUp = async (sn: string): Promise<Line> => {
    const terminal = await records.read('terminal-by-sn', { sn })
    if (terminal === undefined) return { sn, code: 'NOT_FOUND' }
    const at = { terminalId: terminal.id, live: 1 as const, afterId: 0, limit: 1 }
    const [binding] = await records.read('bindings', at)
    if (binding === undefined) return { sn, code: 'TERMINAL_NOT_BOUND' }
    const { merchantId, uuid: bindingUuid, epoch: bindingEpoch, acquirerCode } = binding
    const target = { terminalId: terminal.id, sn, merchantId, bindingUuid, bindingEpoch }
    return { sn, target, acquirerCode }
  }

  return {
    policy,
    async request(asked) {
      const { sns, kind, command, parameters, brakeCap, expiresAtMs: notAfterMs } = asked
      if (sns.length > approvalLimits.targetsMax) return { ok: false, code: 'TOO_MANY_TARGETS' }
      const found = await Promise.all(sns.map(lookUp))
      const lines = found.flatMap((one, place): LineFault[] => {
        if (sns.indexOf(one.sn) !== place) return [{ line: place, sn: one.sn, code: 'DUPLICATE' }]
        return 'code' in one ? [{ line: place, sn: one.sn, code: one.code }] : []
      })
      if (lines.length > 0) return { ok: false, code: 'CONFLICT', lines }
      const good = found.flatMap((one) => ('target' in one ? [one] : []))
      const targets = good.map(({ target }) => target)
      const acquirers = new Set(good.map(({ acquirerCode }) => acquirerCode))
      const subject = subjectBytes({ command, parameters, targets, notAfterMs, brakeCap })
      const uuid = ids.next()
      return records.submit('request-approval', {
        uuid,
        publicId: uuidToText(uuid),
        kind,
        subject,
        subjectHash: digest.sha256(subject),
        targets,
        brakeCap,
        acquirerCode: acquirers.size === 1 ? ([...acquirers][0] ?? null) : null,
        maker: asked.maker,
        reason: asked.reason,
        expiresAtMs: notAfterMs,
        policy: atLeast(policy, asked.approversMin),
        actor: asked.actor,
        atMs: clock.now(),
        ...(asked.idempotency === undefined ? {} : { idempotency: asked.idempotency }),
      })
    },
    async vote({ approvalUuid, voter, code, ...vote }) {
      const totpStep = await people.stepOf(voter, code)
      const atMs = clock.now()
      const userId = voter.id
      return records.submit('cast-vote', { ...vote, approvalUuid, userId, totpStep, policy, atMs })
    },
  }
}
