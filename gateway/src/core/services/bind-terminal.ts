/**
 * Giving a terminal to a merchant: the binding with its Bind command, or, where its five elements are given, with
 * what the registry is asked first.
 */
import { uuidFromText, uuidToText, type CommandPayload } from '@tillgate/protocol'

import type { ResultOf } from '../operations/catalogue.js'
import type { NewBinding } from '../operations/order-binding.js'
import type { DurationMs } from '../ports/system.js'
import type { MerchantRow, StoreRow } from '../records/tables.js'
import type { Trail } from '../trail/trail.js'
import type { CommandServicePorts } from './command-ports.js'
import type {
  Answer,
  CommandService,
  OrderBinding,
  OrderedBinding,
  WishedElements,
} from './command-service.js'
import { prepareOrder, type PreparedOrder } from './prepared-order.js'
import { refusal } from './refusal.js'
import { createSealElements } from './sealed-elements.js'

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

export type BindPorts = Pick<
  CommandServicePorts,
  | 'records'
  | 'digest'
  | 'ids'
  | 'clock'
  | 'scopes'
  | 'fiveElements'
  | 'nudgeLane'
  | 'nudgeRegistrations'
> & { readonly trail: Pick<Trail, 'begin'> }

export const createBind = (ports: BindPorts): CommandService['bind'] => {
  const { records, digest, ids, trail } = ports
  const sealElements = createSealElements(ports)

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
    const commands =
      binding.bindCommandId === null
        ? []
        : await records.read('commands', {
            terminalId: binding.terminalId,
            afterId: binding.bindCommandId - 1,
            limit: 1,
          })
    return { ok: true, value: { bindingUuid, commandUuid: commands[0]?.uuid, replayed: true } }
  }

  const answered = async (
    result: ResultOf<'order-binding'>,
    made: Omit<OrderedBinding, 'replayed'>,
  ): Promise<Answer<OrderedBinding>> => {
    if (!result.ok) return refusal(result.code)
    return result.replayed
      ? replayedBinding(result.bindingPublicId)
      : { ok: true, value: { ...made, replayed: false } }
  }

  const order = async (
    binding: NewBinding,
    { uuid: commandUuid, notAfterMs }: PreparedOrder,
  ): Promise<Answer<OrderedBinding>> => {
    const commandPublicId = uuidToText(commandUuid)
    const command = { commandUuid, commandPublicId, notAfterMs }
    const result = await records.submit('order-binding', { ...binding, ...command })
    return answered(result, { bindingUuid: binding.bindingUuid, commandUuid })
  }

  const report = async (
    binding: NewBinding,
    account: Account,
    wished: WishedElements,
    deliverWithinMs: DurationMs,
  ): Promise<Answer<OrderedBinding>> => {
    const { bindingUuid } = binding
    const placeOfDeployment = wished.placeOfDeployment ?? account.store?.address ?? ''
    const elements = await sealElements(
      { ...wished, placeOfDeployment },
      { bindingUuid, merchantUuid: account.merchant.uuid, mid: binding.mid },
    )
    if (!elements.ok) return elements
    const result = await records.submit('report-binding', {
      ...binding,
      ...elements.value,
      ...{ registrationUuid: ids.next(), deliverWithinMs },
    })
    ports.nudgeRegistrations()
    return answered(result, { bindingUuid, commandUuid: undefined })
  }

  return async (request) => {
    const ordering = trail.begin('order')
    const { sn, tid, elements, actor, idempotency, expiresInMs } = request
    if (elements === undefined && ports.fiveElements === 'required') {
      return refusal('VALIDATION', 'elements', 'must be given: every binding here is registered')
    }
    const terminal = await records.read('terminal-by-sn', { sn })
    if (terminal === undefined) return refusal('NOT_FOUND', 'sn')
    const account = await accountOf(request)
    if (!account.ok) return account
    const { merchant, store } = account.value
    const prepared = prepareOrder(ports, bindPayload(account.value, tid), expiresInMs)
    const { payload, atMs, notAfterMs } = prepared
    const bindingUuid = ids.next()
    const binding: NewBinding = {
      ...{ bindingUuid, bindingPublicId: uuidToText(bindingUuid), terminalId: terminal.id },
      ...{ merchantId: merchant.id, storeId: store?.id ?? null },
      ...{ acquirerCode: merchant.acquirerCode, mid: merchant.mid, tid },
      ...{ payload, paramsHash: digest.sha256(payload), actor, atMs },
      ...(idempotency === undefined ? {} : { idempotency }),
    }
    const answer = await (elements === undefined
      ? order(binding, prepared)
      : report(binding, account.value, elements, notAfterMs - atMs))
    if (answer.ok && answer.value.commandUuid !== undefined) {
      const { commandUuid, replayed } = answer.value
      ordering?.end(commandUuid, sn, { type: 'Bind', replayed }, request.origin)
    }
    ports.nudgeLane(terminal.id)
    return answer
  }
}
