/**
 * Nobody decides alone: what is granted was approved by as many different people as it needs, none of them
 * its maker, each having seen this very list. A forced close needs two.
 */
import type { ApprovalVoteRow, Write } from '@tillgate/gateway'
import { equalBytes } from '@tillgate/protocol'

import type { Checker } from './checker.js'

const votesIn = (writes: readonly Write[]): readonly Omit<ApprovalVoteRow, 'id'>[] =>
  writes.flatMap((write) =>
    write.write === 'insert' && write.table === 'approvalVote'
      ? [write.row as unknown as ApprovalVoteRow]
      : [],
  )

export const twoPersonsDecide: Checker = {
  name: 'two-persons-decide',
  rule: 'nobody decides alone: other people than the maker, each once, on what they saw',
  begin: (say, { ledger }) => ({
    seen(what) {
      if (what.what !== 'committed') return
      for (const write of what.writes) {
        if (write.write !== 'update' || write.table !== 'approval') continue
        const approval = ledger.approvals.get(write.id)
        if (approval === undefined || write.set['state'] !== 'GRANTED') continue
        const { id, kind, makerUserId, subjectHash, approversNeeded } = approval
        const votes = [...ledger.votes, ...votesIn(what.writes)].filter(
          (vote) => vote.approvalId === id && vote.decision === 'approve',
        )
        const voters = new Set(votes.map(({ userId }) => userId))
        const needed = Math.max(approversNeeded, kind === 'force-close' ? 2 : 1)
        const about = `approval ${String(id)} (${kind})`
        if (makerUserId !== null && voters.has(makerUserId)) say(`${about} is its maker's own`)
        if (voters.size < needed)
          say(`${about} is granted by ${String(voters.size)} of ${String(needed)}`)
        if (votes.some((vote) => !equalBytes(vote.subjectHash, subjectHash))) {
          say(`${about} is granted by somebody who has seen another list`)
        }
      }
    },
  }),
}
