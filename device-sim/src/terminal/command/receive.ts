/** A Command that is authentic: judged by `checks.ts`, then refused, answered again, or run. */
import type { Command, CommandPayload } from '@tillgate/protocol'
import { startUnbind } from '../unbind/start.js'
import { deny } from '../uplink/alarm.js'
import type { Turn } from '../turn.js'
import { bind } from './bind.js'
import { judge } from './checks.js'
import { runAtOnce } from './harmless.js'
import { onKnownCommand } from './known.js'
import { lock } from './lock.js'
import { refuseCommand } from './refuse.js'
import { startSelfTest } from './self-test.js'
import { unlock } from './unlock.js'

const run = (turn: Turn, command: Command, hash: Uint8Array, payload: CommandPayload): void => {
  if (turn.state.flashFull && payload.type !== 'SelfTest') {
    return refuseCommand(turn, command, hash, { code: 'FLASH_FULL', detail: '' })
  }
  switch (payload.type) {
    case 'SelfTest':
      return startSelfTest(turn, command, hash)
    case 'Bind':
      return runAtOnce(turn, command, hash, bind(turn, command, payload))
    case 'Lock':
      return runAtOnce(turn, command, hash, lock(payload))
    case 'Unlock':
      return runAtOnce(turn, command, hash, unlock())
    case 'Unbind':
      return startUnbind(turn, command, hash, payload)
    default:
      return payload satisfies never
  }
}

export const onCommand = (turn: Turn, command: Command, hash: Uint8Array): void => {
  const { primitives, nowMs } = turn.world
  const verdict = judge(turn.state, primitives, { command, hash, nowMs })
  switch (verdict.verdict) {
    case 'run':
      return run(turn, command, hash, verdict.payload)
    case 'known':
      return onKnownCommand(turn, verdict.entry, command, hash)
    case 'reused':
      return deny(turn, {
        code: 'COMMAND_ID_REUSED',
        detail: 'known with another payload',
        bodyHash: hash,
        commandId: command.commandId,
      })
    case 'refused':
      return refuseCommand(turn, command, hash, verdict)
    default:
      return verdict satisfies never
  }
}
