/**
 * Two phases: the commit of Proceed needs the case in `tid_blocking` for this very nonce, and the TID
 * blocked at the host in truth, not by an answer to some other call.
 */
import { equalBytes } from '@tillgate/protocol'

import { account } from '../world/factory.js'
import type { Checker } from './checker.js'

interface Proceed {
  readonly commandId: number
  readonly readyNonce: Uint8Array
}

export const proceedFollowsItsBlock: Checker = {
  name: 'proceed-follows-its-block',
  rule: 'Proceed is committed only for the nonce that the host has blocked for',
  begin: (say, { host, ledger }) => {
    return {
      seen(what) {
        if (what.what !== 'committed') return
        if (what.name === 'commit-proceed' && what.writes.length > 0) {
          const { commandId, readyNonce } = what.input as Proceed
          const command = ledger.commands.get(commandId)
          const binding = ledger.bindings.get(command?.bindingId ?? 0)
          const id = String(commandId)
          if (command === undefined || binding === undefined) {
            return say(`Proceed for command ${id}, which is about no binding`)
          }
          if (command.phase !== 'tid_blocking' || command.hostAnswer !== 'blocked') {
            say(`Proceed for command ${id} in ${command.phase ?? command.state}`)
          }
          if (command.readyNonce === null || !equalBytes(command.readyNonce, readyNonce)) {
            say(`Proceed for command ${id} names another nonce than its Ready`)
          }
          if (host.isOpen({ ...account, tid: binding.tid })) {
            say(`Proceed for command ${id} while ${binding.tid} is open at the host`)
          }
        }
      },
    }
  },
}
