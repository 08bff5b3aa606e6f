/**
 * The erase after a forced close (architecture §5, rule 9), as the operations on its command see it: a
 * command of its own, without settlement, covered by what two persons granted when they forced the case.
 */
import { sameBytes } from '../records/same-bytes.js'
import type { CommandRow, ForcedCloseRow } from '../records/tables.js'
import type { CommandRows } from './command-move.js'
import { nothing, one, type Load } from './operation.js'

export interface WithForcedClose extends CommandRows {
  /** Where the command's case was closed by force. */
  readonly forced: ForcedCloseRow | undefined
}

export const loadForcedClose = ({ caseId }: CommandRow): Load<ForcedCloseRow | undefined> =>
  caseId === null ? nothing(undefined) : one('forcedClose', { caseId })

/** This very command is what the forced close has ordered, and its erase is still owed. */
export const isEraseOf = (forced: ForcedCloseRow | undefined, command: CommandRow): boolean =>
  forced !== undefined &&
  forced.pending === 1 &&
  forced.eraseCommandId === command.id &&
  sameBytes(forced.approvalHash, command.approvalHash)
