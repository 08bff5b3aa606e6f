/** People and their approvals on a node: the services over real cryptography, and what is counted of them. */
import { nodePrimitives } from '@tillgate/protocol/node'

import { argon2Passwords, otplibCodes } from '../adapters/people/index.js'
import { createApprovalService, type ApprovalService } from '../core/approvals/approval-service.js'
import { defaultApprovalPolicy } from '../core/approvals/policy.js'
import { createPeopleService, type PeopleService } from '../core/people/people-service.js'
import type { Records } from '../core/ports/records.js'
import type { Sealing } from '../core/ports/sealing.js'
import type { NodeConfig } from './config.js'
import type { Machine } from './machine.js'

export interface PeopleCounts {
  /** Decided by one person alone, on this node. */
  readonly breakGlass: number
}

export interface People {
  readonly people: PeopleService
  readonly approvals: ApprovalService
  counts(): PeopleCounts
}

export const openPeople = (
  { approvals: policy }: Pick<NodeConfig, 'approvals'>,
  parts: Machine & {
    readonly records: Records
    readonly sealing: Sealing
    /** Somebody has decided: a case may wait for it. */
    readonly decided?: () => void
  },
): People => {
  const { entropy } = parts
  let breakGlass = 0
  const people = createPeopleService({
    ...parts,
    passwords: argon2Passwords(entropy),
    codes: otplibCodes(entropy),
    digest: nodePrimitives,
  })
  const approvals = createApprovalService({
    ...parts,
    people,
    digest: nodePrimitives,
    policy: { ...defaultApprovalPolicy, ...policy },
  })
  return {
    people,
    approvals: {
      ...approvals,
      async vote(vote) {
        const cast = await approvals.vote(vote)
        if (cast.ok && cast.breakGlass) breakGlass += 1
        if (cast.ok && cast.state === 'GRANTED') parts.decided?.()
        return cast
      },
    },
    counts: () => ({ breakGlass }),
  }
}
