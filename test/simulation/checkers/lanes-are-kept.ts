/**
 * The lane of a terminal: only its owner writes (fencing number), sequences rise, one destructive command
 * is in flight, and nothing passes a command behind its point of no return.
 */
import type { CommandRow } from '@tillgate/gateway'

import type { Checker } from './checker.js'
import { snOf } from './ledger-model.js'

interface Claim {
  readonly commandId?: number
  readonly fence?: number
  readonly seq?: number
  readonly claim?: { readonly fence: number; readonly seq: number }
}

const pastNoReturn: ReadonlySet<unknown> = new Set(['proceed_sent', 'proceed_unknown', 'erasing'])
const inFlight: ReadonlySet<unknown> = new Set(['published', 'accepted', 'running'])

export const lanesAreKept: Checker = {
  name: 'lanes-are-kept',
  rule: 'a lane has one owner, rising sequences, and one destructive command in flight',
  begin: (say, { ledger }) => {
    const highest = new Map<number, number>()

    const judge = (name: string, command: CommandRow, claim: Claim): void => {
      const { terminalId, id } = command
      const sn = snOf(terminalId)
      const { fence = 0, seq = 0 } = claim.claim ?? claim
      if (fence !== ledger.terminals.get(terminalId)?.fence) {
        say(`${name}: the lane of ${sn} is written to under fence ${String(fence)}`)
      }
      if (seq <= (highest.get(terminalId) ?? 0))
        say(`${name}: ${sn} gets sequence ${String(seq)} again`)
      highest.set(terminalId, seq)
      for (const other of ledger.commands.values()) {
        if (other.terminalId !== terminalId || other.id === id || other.open === 0) continue
        if (pastNoReturn.has(other.phase)) say(`${name}: something passes ${sn}'s erasure`)
        const isSecond =
          command.destructive === 1 && other.destructive === 1 && inFlight.has(other.state)
        if (isSecond) say(`${name}: a second destructive command is in flight to ${sn}`)
      }
    }

    return {
      seen(what) {
        if (what.what !== 'committed') return
        const { name, writes } = what
        const input = what.input as Claim
        const isClaim =
          (name === 'claim-command' || name === 'commit-proceed') &&
          writes.some(({ table }) => table === 'command')
        const before = isClaim ? ledger.commands.get(input.commandId ?? 0) : undefined
        const parks = writes.some(
          (write) => write.write === 'update' && write.set['state'] === 'parked',
        )
        if (before !== undefined && !parks) judge(name, before, input)
      },
    }
  },
}
