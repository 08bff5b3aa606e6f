// An approval of one terminal's unbind on a stage, granted.
import { SecondPerson } from '../operations/second-person.js'
import type { Stage } from './stage.js'

export const approveUnbind = async ({ services }: Stage, sn: string): Promise<void> => {
  const { records, clock, ids } = services
  const terminal = await records.read('terminal-by-sn', { sn })
  if (terminal === undefined) throw new Error('no terminal')
  const page = { terminalId: terminal.id, live: 1 as const, afterId: 0, limit: 1 }
  const [binding] = await records.read('bindings', page)
  if (binding === undefined) throw new Error('nothing is bound')
  const { merchantId, uuid: bindingUuid, epoch: bindingEpoch } = binding
  const people = new SecondPerson({ records, at: () => clock.now(), uuid: () => ids.next() })
  await people.grants([{ terminalId: terminal.id, sn, merchantId, bindingUuid, bindingEpoch }])
}
