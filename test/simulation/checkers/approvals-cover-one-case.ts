/**
 * What was approved is what is done: an Unbind of a case, and its Proceed, name an approval that is granted
 * and not over, whose list names this terminal, binding and epoch. A line of a list covers one case.
 */
import type { ApprovalRow, BindingRow } from '@tillgate/gateway'
import { equalBytes, uuidToText } from '@tillgate/protocol'

import type { Checker } from './checker.js'
import { snOf } from './ledger-model.js'

interface Taking {
  readonly caseId: number
  readonly terminalId: number
  readonly approvalUuid: Uint8Array
}

interface Frozen {
  readonly targets: readonly {
    readonly sn: string
    readonly binding: string
    readonly epoch: number
  }[]
}

const listOf = ({ subject }: ApprovalRow): Frozen['targets'] =>
  (JSON.parse(new TextDecoder().decode(subject)) as Frozen).targets

const isGranted = ({ state }: ApprovalRow): boolean => state === 'GRANTED' || state === 'USED'

export const approvalsCoverOneCase: Checker = {
  name: 'approvals-cover-one-case',
  rule: 'what was approved is what is done: this terminal, this binding, one case, in time',
  begin: (say, { ledger }) => {
    /** Which case has taken which line. */
    const taken = new Map<string, number>()

    const names = (approval: ApprovalRow, binding: BindingRow): boolean =>
      listOf(approval).some(
        ({ sn, binding: uuid, epoch }) =>
          sn === snOf(binding.terminalId) &&
          uuid === uuidToText(binding.uuid) &&
          epoch === binding.epoch,
      )

    const take = ({ caseId, terminalId, approvalUuid }: Taking): void => {
      const line = `${uuidToText(approvalUuid)} for ${snOf(terminalId)}`
      const by = taken.get(line) ?? caseId
      if (by !== caseId) say(`the approval ${line} covers case ${String(caseId)} and ${String(by)}`)
      taken.set(line, by)
    }

    const judge = (act: string, caseId: number, atMs: number): void => {
      const row = ledger.cases.get(caseId)
      const binding = ledger.bindings.get(row?.bindingId ?? 0)
      if (row === undefined || binding === undefined) return
      const { approvalHash } = row
      const covering = [...ledger.approvals.values()].filter(
        (approval) => approvalHash !== null && equalBytes(approval.subjectHash, approvalHash),
      )
      const named = covering.filter((one) => isGranted(one) && names(one, binding))
      if (named.length === 0) return say(`${act} of case ${String(caseId)}, which nobody approved`)
      const its = named.filter(
        ({ uuid }) => taken.get(`${uuidToText(uuid)} for ${snOf(row.terminalId)}`) === caseId,
      )
      if (its.length === 0) say(`${act} of case ${String(caseId)}, whose approval it has not taken`)
      else if (its.every(({ expiresAtMs }) => expiresAtMs <= atMs)) {
        say(`${act} of case ${String(caseId)}, whose approval has lapsed`)
      }
    }

    /** Granted once when the case was forced; it holds until the erase is proved. */
    const judgeErase = (
      command: { readonly approvalHash: Uint8Array | null } | undefined,
    ): void => {
      const hash = command?.approvalHash ?? null
      const isCovered = [...ledger.approvals.values()].some(
        (one) => hash !== null && equalBytes(one.subjectHash, hash) && isGranted(one),
      )
      if (!isCovered) say('a Proceed of an erase that nobody granted')
    }

    return {
      seen(what) {
        if (what.what !== 'committed' || what.writes.length === 0) return
        const { ok } = what.result as { readonly ok: boolean }
        if (what.name === 'approve-case' && ok) take(what.input as Taking)
        const { atMs, caseId, commandId } = what.input as {
          readonly atMs: number
          readonly caseId: number
          readonly commandId: number
        }
        const places = what.writes.some(
          ({ write, table }) => write === 'insert' && table === 'command',
        )
        if (what.name === 'order-case' && places) judge('an order', caseId, atMs)
        if (what.name === 'commit-proceed' && ok) {
          const command = ledger.commands.get(commandId)
          const its = command?.caseId
          if (ledger.isForcedErase(command)) judgeErase(command)
          else if (its !== null && its !== undefined) judge('a Proceed', its, atMs)
        }
      },
    }
  },
}
