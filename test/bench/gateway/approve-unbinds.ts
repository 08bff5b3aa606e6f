/** A list of terminals whose unbind somebody has asked for and somebody else has granted: before anything is measured. */
import type { NodeServices } from '@tillgate/gateway'

import { SecondPerson } from '../../demo/granted-approval.js'

const people = new WeakMap<NodeServices, SecondPerson>()

/** How many persons a long list wants is not looked at here. */
const policy = {
  ...{ oneApproverTargetsMax: 1_000_000, approversAbove: 2, windowHours: 24 },
  breakGlass: 'off',
} as const

const personAt = (services: NodeServices): SecondPerson => {
  const { records, clock, ids } = services
  const known = people.get(services)
  const person =
    known ?? new SecondPerson({ records, at: () => clock.now(), uuid: () => ids.next() })
  people.set(services, person)
  return person
}

export const approveUnbinds = async (
  services: NodeServices,
  terminals: readonly { readonly sn: string; readonly terminalId: number }[],
): Promise<void> => {
  const target = async ({ sn, terminalId }: (typeof terminals)[number]) => {
    const page = { terminalId, live: 1 as const, afterId: 0, limit: 1 }
    const [binding] = await services.records.read('bindings', page)
    if (binding === undefined) throw new Error(`${sn} is not bound`)
    const { merchantId, uuid: bindingUuid, epoch: bindingEpoch } = binding
    return { terminalId, sn, merchantId, bindingUuid, bindingEpoch }
  }
  await personAt(services).grants(await Promise.all(terminals.map(target)), { policy })
}
