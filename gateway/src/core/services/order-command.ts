/** Ordering one command: one operation, then a nudge or a hand-over. `Bind` comes with a binding. */
import { isDestructive, uuidFromText, uuidToText, type CommandPayload } from '@tillgate/protocol'

import type { BindingRow } from '../records/tables.js'
import { createClaimOffers } from './claim-offer.js'
import type { CommandServicePorts } from './command-ports.js'
import type { Answer, CommandService } from './command-service.js'
import { prepareOrder } from './prepared-order.js'
import { refusal } from './refusal.js'

export const createOrder = (ports: CommandServicePorts): CommandService['order'] => {
  const { records, sessions, trail } = ports
  const { offer, handOver } = createClaimOffers(ports)

  /** A connected terminal has a row, and rows are never deleted: nothing to read. */
  const terminalIdOf = async (sn: string): Promise<number | undefined> =>
    sessions.ofSn(sn)?.terminalId ?? (await records.read('terminal-by-sn', { sn }))?.id

  const liveBinding = async (terminalId: number): Promise<BindingRow | undefined> => {
    const [binding] = await records.read('bindings', { terminalId, live: 1, afterId: 0, limit: 1 })
    return binding
  }

  /** The binding that an Unbind was made for; a refusal where the payload names another. */
  const bindingFor = async (
    terminalId: number,
    payload: CommandPayload,
  ): Promise<Answer<number | null>> => {
    if (payload.type !== 'Unbind') return { ok: true, value: null }
    const binding = await liveBinding(terminalId)
    if (binding === undefined) return refusal('TERMINAL_NOT_BOUND', 'sn')
    return binding.mid === payload.mid && binding.tid === payload.tid
      ? { ok: true, value: binding.id }
      : refusal('CONFLICT', 'sn', 'the terminal is bound to another merchant by now')
  }

  return async (request) => {
    const { payload, actor, idempotency, origin } = request
    const ordering = trail.begin('order')
    if (payload.type === 'Bind') return refusal('VALIDATION', 'type', 'Bind comes with a binding')
    const terminalId = await terminalIdOf(request.sn)
    if (terminalId === undefined) return refusal('NOT_FOUND', 'sn')
    const binding = await bindingFor(terminalId, payload)
    if (!binding.ok) return binding
    const prepared = prepareOrder(ports, payload, request.expiresInMs)
    const offered = await offer(terminalId, prepared)
    const { uuid: id, type, payload: bytes, notAfterMs, atMs } = prepared
    const result = await records.submit('order-command', {
      publicId: uuidToText(id),
      terminalId,
      destructive: isDestructive(type) ? 1 : 0,
      bindingId: binding.value,
      actor,
      uuid: id,
      type,
      payload: bytes,
      notAfterMs,
      atMs,
      ...(idempotency === undefined ? undefined : { idempotency }),
      ...(offered === undefined ? undefined : { claim: offered.claim }),
    })
    if (!result.ok) return refusal(result.code, result.code === 'NOT_FOUND' ? 'sn' : undefined)
    const { replayed } = result
    const uuid = replayed ? uuidFromText(result.publicId) : id
    if (uuid === undefined) throw new Error('an order was answered with something that is no uuid')
    ordering?.end(uuid, request.sn, { type: payload.type, replayed }, origin)
    if (result.claimed && offered !== undefined) handOver(offered, prepared, result.commandId)
    else ports.nudgeLane(terminalId)
    return { ok: true, value: { uuid, replayed } }
  }
}
