/** Taking back a binding before its terminal has confirmed it. */
import type { CommandServicePorts } from './command-ports.js'
import type { CommandService } from './command-service.js'
import { refusal } from './refusal.js'

export type WithdrawPorts = Pick<CommandServicePorts, 'records' | 'clock' | 'nudgeRegistrations'>

export const createWithdraw =
  (
    { records, clock, nudgeRegistrations }: WithdrawPorts,
    cancel: CommandService['cancel'],
  ): CommandService['withdraw'] =>
  async ({ bindingUuid, actor, origin }) => {
    const binding = await records.read('binding-by-uuid', { uuid: bindingUuid })
    if (binding === undefined) return refusal('NOT_FOUND')
    const { id: bindingId, terminalId, bindCommandId, state } = binding
    if (state === 'DELIVERING' && bindCommandId !== null) {
      const page = { terminalId, afterId: bindCommandId - 1, limit: 1 }
      const [command] = await records.read('commands', page)
      if (command === undefined) return refusal('NOT_FOUND')
      const about = origin === undefined ? { actor } : { actor, origin }
      const cancelled = await cancel({ uuid: command.uuid, ...about })
      return cancelled.ok ? { ok: true, value: undefined } : cancelled
    }
    const act = { bindingId, terminalId, actor, atMs: clock.now() }
    const withdrawn = await records.submit('withdraw-binding', act)
    if (!withdrawn.ok) return refusal(withdrawn.code)
    nudgeRegistrations()
    return { ok: true, value: undefined }
  }
