/** After a sign-on: the working keys, unwrapped under the TMK, checked, and put into their slots. */
import { fromHex, noBytes } from '@tillgate/protocol'
import type { FlashChange } from '../../flash/contents.js'
import type { HostResponse } from '../../host/messages.js'
import { unwrapWorkingKeys } from '../../host/working-keys.js'
import { keyIn, loadWorkingKeys } from '../keys/slots.js'
import type { Turn } from '../turn.js'
import { handled, refusedBy, type Handled } from './handled.js'

/** Sales taken before any sign-on belong to no batch yet, and were never sent: they join the open one. */
const firstOfflineSales = (turn: Turn, batchNumber: number): readonly FlashChange[] =>
  [...turn.flash.areas.offline]
    .filter(([, sale]) => sale.batchNumber === noBatch)
    .map(([id, sale]) => ({ area: 'offline', id, value: { ...sale, batchNumber } }))

/** The number that a sale carries while no sign-on has given one. */
const noBatch = 0

const bad = (detail: string): Handled => ({
  ok: false,
  why: 'refused',
  code: 'KCV_MISMATCH',
  detail,
})

export const onSignedOn = (turn: Turn, response: HostResponse): Handled => {
  if (response.responseCode !== '00') {
    const refused = refusedBy(response)
    // Nothing is gained by signing on to sign on.
    return refused.ok || refused.why !== 'sign-on' ? refused : { ok: false, why: 'later' }
  }
  const { approval } = response
  if (approval.kind !== 'signOn') return bad('not an answer to a sign-on')
  const { primitives } = turn.world
  const tmk = keyIn(primitives, turn.flash, 'TMK')
  if (tmk === undefined) return bad('no master key')
  const unwrapped = unwrapWorkingKeys(primitives, tmk, fromHex(approval.field62) ?? noBytes)
  if (!unwrapped.ok) return bad(unwrapped.code)
  turn.write([
    ...loadWorkingKeys(primitives, turn.flash, unwrapped.keys),
    {
      cell: 'batchHead',
      value: { number: approval.batchNumber, signedOn: true, open: true },
    },
    ...firstOfflineSales(turn, approval.batchNumber),
  ])
  turn.sync()
  return handled
}
