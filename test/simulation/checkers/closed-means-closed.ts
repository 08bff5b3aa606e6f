/**
 * U4: a case is CLOSED when the terminal's proof is there and the registry has cancelled the association
 * under the case's own key. CLOSED_UNPROVEN claims no erase: the host has blocked the TID in truth, and the
 * binding is released unproven. One association is cancelled under one key, however often it is asked.
 */
import type { UnbindCaseRow, Write } from '@tillgate/gateway'
import { uuidToText } from '@tillgate/protocol'

import { account } from '../world/factory.js'
import type { Checker } from './checker.js'

const updated = (writes: readonly Write[], table: Write['table'], id: number): object =>
  Object.assign(
    {},
    ...writes.flatMap((write) =>
      write.write === 'update' && write.table === table && write.id === id ? [write.set] : [],
    ),
  ) as object

export const closedMeansClosed: Checker = {
  name: 'closed-means-closed',
  rule: 'U4: CLOSED wants the proof and the registry; without proof no erase is claimed',
  begin: (say, { ledger, host }) => {
    const cancelled = new Set<string>()
    const keys = new Map<string, string>()

    const isProven = ({ id, bindingId }: UnbindCaseRow, writes: readonly Write[]): boolean =>
      [...ledger.proofs, ...writes.flatMap(insertedProof)].some((proof) => {
        const isIts = ledger.commands.get(proof.commandId)?.caseId === id
        return proof.partial === 0 && (isIts || proof.bindingId === bindingId)
      })

    const closed = (row: UnbindCaseRow, writes: readonly Write[]): void => {
      const caseId = uuidToText(row.uuid)
      if (!cancelled.has(caseId)) say(`case ${caseId} is CLOSED, and the registry was not told`)
      const byHand = [...ledger.forcedCloses.values()].some(
        (forced) => forced.caseId === row.id && forced.erasedBy === 'depot',
      )
      if (!byHand && !isProven(row, writes)) say(`case ${caseId} is CLOSED without a proof`)
    }

    const closedUnproven = (row: UnbindCaseRow, writes: readonly Write[]): void => {
      const caseId = uuidToText(row.uuid)
      const binding = ledger.bindings.get(row.bindingId)
      if (binding === undefined) return
      const { state } = { ...binding, ...updated(writes, 'binding', binding.id) }
      if (state !== 'RELEASED_UNPROVEN') say(`case ${caseId} has no proof; its binding is ${state}`)
      if (host.isOpen({ ...account, tid: binding.tid })) {
        say(`case ${caseId} is closed by force while ${binding.tid} is open at the host`)
      }
    }

    return {
      seen(what) {
        if (what.what === 'registry-called') {
          cancelled.add(what.key)
          const key = keys.get(what.tid) ?? what.key
          if (key !== what.key) say(`${what.tid} is cancelled under two keys at the registry`)
          keys.set(what.tid, key)
        }
        if (what.what !== 'committed') return
        for (const write of what.writes) {
          if (write.write !== 'update' || write.table !== 'unbindCase') continue
          const row = ledger.cases.get(write.id)
          if (row === undefined) continue
          if (write.set['state'] === 'CLOSED') closed(row, what.writes)
          if (write.set['state'] === 'CLOSED_UNPROVEN') closedUnproven(row, what.writes)
        }
      },
    }
  },
}

const insertedProof = (
  write: Write,
): readonly {
  readonly commandId: number
  readonly partial: number
  readonly bindingId: unknown
}[] =>
  write.write === 'insert' && write.table === 'proof'
    ? [
        {
          commandId: Number(write.row['commandId']),
          partial: Number(write.row['partial']),
          bindingId: write.row['bindingId'],
        },
      ]
    : []
