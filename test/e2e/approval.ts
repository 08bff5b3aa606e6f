// An approval of one terminal's unbind on a stage, granted.
import { SecondPerson } from '../demo/granted-approval.js'
import type { Stage } from './stage.js'

const peopleOf = new WeakMap<Stage, SecondPerson>()

/** Many terminals of one merchant in one test: how many persons that wants is not looked at here. */
const policy = {
  ...{ oneApproverTargetsMax: 1_000, approversAbove: 2, windowHours: 24 },
  breakGlass: 'off',
} as const

const secondPersonAt = (stage: Stage): SecondPerson => {
  const known = peopleOf.get(stage)
  if (known !== undefined) return known
  const person = new SecondPerson({
    records: {
      submit: (name, input) => stage.services.records.submit(name, input),
      read: (name, input) => stage.services.records.read(name, input),
    },
    at: () => stage.services.clock.now(),
    uuid: () => stage.services.ids.next(),
  })
  peopleOf.set(stage, person)
  return person
}

/** Of an approval about one terminal and what it is bound to. */
export const grantForOne = async (
  stage: Stage,
  sn: string,
  over: Parameters<SecondPerson['grants']>[1] = {},
): Promise<void> => {
  const { records } = stage.services
  const terminal = await records.read('terminal-by-sn', { sn })
  if (terminal === undefined) throw new Error('no terminal')
  const page = { terminalId: terminal.id, live: 1 as const, afterId: 0, limit: 1 }
  const [binding] = await records.read('bindings', page)
  if (binding === undefined) throw new Error('nothing is bound')
  const { merchantId, uuid: bindingUuid, epoch: bindingEpoch } = binding
  const target = { terminalId: terminal.id, sn, merchantId, bindingUuid, bindingEpoch }
  await secondPersonAt(stage).grants([target], { policy, ...over })
}

export const approveUnbind = (stage: Stage, sn: string): Promise<void> => grantForOne(stage, sn)
