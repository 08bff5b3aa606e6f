/**
 * U1: a binding has one open case. A case that ended without a proof has no Unbind under way either: it
 * would be a second one in all but name.
 */
import type { Write } from '@tillgate/gateway'

import type { Checker } from './checker.js'

const without: ReadonlySet<unknown> = new Set(['CANCELLED', 'REJECTED'])

export const oneOpenCaseABinding: Checker = {
  name: 'one-open-case-a-binding',
  rule: 'U1: a binding has one open case, and no Unbind of a case that has ended',
  begin: (say, { ledger }) => {
    const opened = (bindingId: unknown): void => {
      for (const { id, open } of ledger.cases.values()) {
        if (open === 1 && ledger.cases.get(id)?.bindingId === bindingId) {
          say(`binding ${String(bindingId)} gets a second open case beside ${String(id)}`)
        }
      }
    }
    const ended = (caseId: number, writes: readonly Write[]): void => {
      const before = ledger.cases.get(caseId)
      const command = ledger.commands.get(before?.commandId ?? 0)
      if (command?.open !== 1) return
      const also = writes.filter(
        (write) => write.write === 'update' && write.table === 'command' && write.id === command.id,
      )
      if (also.some((write) => write.write === 'update' && write.set['open'] === 0)) return
      say(`case ${String(caseId)} ends while its Unbind is ${command.phase ?? command.state}`)
    }
    return {
      seen(what) {
        if (what.what !== 'committed') return
        for (const write of what.writes) {
          if (write.table !== 'unbindCase') continue
          if (write.write === 'insert') opened(write.row['bindingId'])
          else if (without.has(write.set['state'])) ended(write.id, what.writes)
        }
      },
    }
  },
}
