/** Giving a terminal to a merchant: the binding and its Bind command, ordered in one operation. */
import { uuidFromText, uuidToText, type CommandPayload } from '@tillgate/protocol'

import type { MerchantRow, StoreRow } from '../records/tables.js'
import type { CommandServicePorts } from './command-ports.js'
import type { Answer, CommandService, OrderBinding, OrderedBinding } from './command-service.js'
import { prepareOrder } from './prepared-order.js'
import { refusal } from './refusal.js'

interface Account {
  readonly merchant: MerchantRow
  readonly store: StoreRow | undefined
}

/** What the terminal will be told. */
const bindPayload = ({ merchant, store }: Account, tid: string): CommandPayload => ({
  type: 'Bind',
  acquirerCode: merchant.acquirerCode,
  mid: merchant.mid,
  tid,
  merchantName: merchant.name,
  storeId: store === undefined ? '' : uuidToText(store.uuid),
  keepKeys: false,
})

export const createBind = (ports: CommandServicePorts): CommandService['bind'] => {
  const { records, digest, ids, trail } = ports

  const accountOf = async ({ merchantUuid, storeUuid }: OrderBinding): Promise<Answer<Account>> => {
    const merchant = await records.read('merchant-by-uuid', { uuid: merchantUuid })
    if (merchant === undefined) return refusal('NOT_FOUND', 'merchantId')
    if (storeUuid === undefined) return { ok: true, value: { merchant, store: undefined } }
    const store = await records.read('store-by-uuid', { uuid: storeUuid })
    return store?.merchantId === merchant.id
      ? { ok: true, value: { merchant, store } }
      : refusal('NOT_FOUND', 'storeId')
  }

  const replayedBinding = async (publicId: string): Promise<Answer<OrderedBinding>> => {
    const bindingUuid = uuidFromText(publicId)
    const binding =
      bindingUuid === undefined
        ? undefined
        : await records.read('binding-by-uuid', { uuid: bindingUuid })
    if (bindingUuid === undefined || binding === undefined) return refusal('NOT_FOUND')
    const commands = await records.read('commands', {
      terminalId: binding.terminalId,
      afterId: (binding.bindCommandId ?? 1) - 1,
      limit: 1,
    })
    const commandUuid = commands[0]?.uuid ?? bindingUuid
    return { ok: true, value: { bindingUuid, commandUuid, replayed: true } }
  }

  return async (request) => {
    const ordering = trail.begin('order')
    const terminal = await records.read('terminal-by-sn', { sn: request.sn })
    if (terminal === undefined) return refusal('NOT_FOUND', 'sn')
    const account = await accountOf(request)
    if (!account.ok) return account
    const { merchant, store } = account.value
    const prepared = prepareOrder(
      ports,
      bindPayload(account.value, request.tid),
      request.expiresInMs,
    )
    const bindingUuid = ids.next()
    const { uuid: commandUuid, payload, notAfterMs, atMs } = prepared
    const result = await records.submit('order-binding', {
      bindingUuid,
      bindingPublicId: uuidToText(bindingUuid),
      commandUuid,
      commandPublicId: uuidToText(commandUuid),
      terminalId: terminal.id,
      merchantId: merchant.id,
      storeId: store?.id ?? null,
      acquirerCode: merchant.acquirerCode,
      mid: merchant.mid,
      tid: request.tid,
      payload,
      paramsHash: digest.sha256(payload),
      notAfterMs,
      actor: request.actor,
      atMs,
      ...(request.idempotency === undefined ? {} : { idempotency: request.idempotency }),
    })
    if (!result.ok) return refusal(result.code)
    const answer: Answer<OrderedBinding> = result.replayed
      ? await replayedBinding(result.bindingPublicId)
      : { ok: true, value: { bindingUuid, commandUuid, replayed: false } }
    if (answer.ok) {
      const { value } = answer
      const fields = { type: 'Bind', replayed: value.replayed }
      ordering?.end(value.commandUuid, request.sn, fields, request.origin)
    }
    ports.nudgeLane(terminal.id)
    return answer
  }
}
