// A CommandService over the real operations, without loops: what it orders stays queued.
import {
  createBind,
  createWithdraw,
  type Answer,
  type Clock,
  type CommandService,
  type Ids,
  type Records,
  type ScopeSealing,
} from '@tillgate/gateway'
import {
  commandTypeNumber,
  encodePayload,
  isDestructive,
  uuidFromText,
  uuidToText,
} from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'

const lifetimeMs = 3_600_000
const ledgerRowsMax = 100

const notFound = (field: string): Answer<never> => ({ ok: false, code: 'NOT_FOUND', field })

interface Tools {
  readonly scopes: ScopeSealing
  readonly clock: Clock
  readonly ids: Ids
}

const uuidOf = (text: string): Uint8Array => {
  const uuid = uuidFromText(text)
  if (uuid === undefined) throw new Error(`no uuid: ${text}`)
  return uuid
}

const orderWith =
  (records: Records, { clock, ids }: Tools): CommandService['order'] =>
  async ({ sn, payload, expiresInMs = lifetimeMs, actor, idempotency }) => {
    const terminal = await records.read('terminal-by-sn', { sn })
    if (terminal === undefined) return notFound('sn')
    const page = { afterId: 0, limit: 1 }
    const [binding] = await records.read('bindings', { ...page, terminalId: terminal.id, live: 1 })
    const type = commandTypeNumber(payload.type)
    const uuid = ids.next()
    const result = await records.submit('order-command', {
      uuid,
      publicId: uuidToText(uuid),
      terminalId: terminal.id,
      type,
      destructive: isDestructive(type) ? 1 : 0,
      payload: encodePayload(payload),
      bindingId: payload.type === 'Unbind' ? (binding?.id ?? null) : null,
      notAfterMs: clock.now() + expiresInMs,
      actor,
      atMs: clock.now(),
      ...(idempotency === undefined ? {} : { idempotency }),
    })
    if (!result.ok) return result
    return { ok: true, value: { uuid: uuidOf(result.publicId), replayed: result.replayed } }
  }

const cancelWith =
  (records: Records, { clock }: Tools): CommandService['cancel'] =>
  async ({ uuid, actor }) => {
    const atMs = clock.now()
    const result = await records.submit('cancel-command', { commandUuid: uuid, actor, atMs })
    if (!result.ok) return result
    return { ok: true, value: { state: result.standing.state, phase: result.standing.phase } }
  }

const quiet = {
  trail: { begin: () => undefined },
  digest: nodePrimitives,
  nudgeLane: () => undefined,
  nudgeRegistrations: () => undefined,
}

export const standInCommands = (records: Records, tools: Tools): CommandService => ({
  order: orderWith(records, tools),
  bind: createBind({ ...quiet, ...tools, records }),
  withdraw: createWithdraw({ ...quiet, ...tools, records }, cancelWith(records, tools)),
  cancel: cancelWith(records, tools),
  async show(uuid) {
    const command = await records.read('command-by-uuid', { uuid })
    if (command === undefined) return undefined
    const commandId = command.id
    const page = { afterId: 0, limit: ledgerRowsMax }
    return {
      command,
      ledger: await records.read('events-of-command', { ...page, commandId }),
      proofs: await records.read('proofs-of-command', { commandId }),
    }
  },
})
