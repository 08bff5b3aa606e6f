/**
 * The command service: what the API may ask about commands. It reads, submits one operation, nudges a
 * loop and answers what was committed; it never signs and never sends.
 */
import { coreLimits } from '../limits.js'
import { createBind } from './bind-terminal.js'
import type { CommandServicePorts } from './command-ports.js'
import type { CommandService, CommandWithLedger } from './command-service.js'
import { createOrder } from './order-command.js'
import { refusal } from './refusal.js'
import { createWithdraw } from './withdraw-binding.js'

export const createCommandService = (ports: CommandServicePorts): CommandService => {
  const { records, clock, sessions, trail } = ports

  const snOf = async (terminalId: number): Promise<string> =>
    sessions.ofTerminal(terminalId)?.sn ??
    (await records.read('terminal-by-id', { id: terminalId }))?.sn ??
    ''

  const cancel: CommandService['cancel'] = async ({ uuid, actor, origin }) => {
    const cancelling = trail.begin('cancel')
    const result = await records.submit('cancel-command', {
      commandUuid: uuid,
      actor,
      atMs: clock.now(),
    })
    if (!result.ok) return refusal(result.code)
    const { standing } = result
    const { state, phase, terminalId } = standing
    ports.nudgeLane(terminalId)
    ports.nudgeHost()
    if (cancelling !== undefined) {
      const sn = await snOf(terminalId)
      cancelling.end(uuid, sn, { outcome: phase ?? state }, origin)
      if (result.moved) trail.ended(uuid, sn, standing)
    }
    return { ok: true, value: { state, phase } }
  }

  const show = async (uuid: Uint8Array): Promise<CommandWithLedger | undefined> => {
    const command = await records.read('command-by-uuid', { uuid })
    if (command === undefined) return undefined
    const [ledger, proofs] = await Promise.all([
      records.read('events-of-command', {
        commandId: command.id,
        afterId: 0,
        limit: coreLimits.eventsPerReadMax,
      }),
      records.read('proofs-of-command', { commandId: command.id }),
    ])
    return { command, ledger, proofs }
  }

  const withdraw = createWithdraw(ports, cancel)
  return { order: createOrder(ports), bind: createBind(ports), withdraw, cancel, show }
}
