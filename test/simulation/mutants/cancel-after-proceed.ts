/** A cancel is accepted behind the point of no return. */
import type { CommandRow, UnbindCaseRow } from '@tillgate/gateway'

import { asIf, both, deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

const early = <R extends { readonly command: CommandRow | undefined }>(rows: R): R => {
  const phase = rows.command?.phase
  const isSent = phase === 'proceed_sent' || phase === 'proceed_unknown'
  return isSent ? asIf(rows, { phase: 'tid_blocking' }) : rows
}

const waiting = (row: UnbindCaseRow | undefined): UnbindCaseRow | undefined =>
  row?.state === 'PROCEED_SENT' || row?.state === 'PROCEED_UNKNOWN'
    ? { ...row, state: 'TID_BLOCKING' }
    : row

export const cancelAfterProceed: Mutant = {
  name: 'cancel-after-proceed',
  plants: 'a cancel after the commit of Proceed is answered with yes',
  breaks: 'nothing is erased after a cancel was answered with yes',
  replaced: {
    operations: both(
      deciding('cancel-command', (own, rows, input) => own(early(rows), input)),
      deciding('cancel-case', (own, rows, input) =>
        own({ unbindCase: waiting(rows.unbindCase), ordered: early(rows.ordered) }, input),
      ),
    ),
  },
}
