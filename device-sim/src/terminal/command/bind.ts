/**
 * Bind: the terminal belongs to a merchant, under a higher binding epoch. Refused while an erasure is
 * open (rule 8) and while money of another merchant lies in it; accepted, it kills any prepare and
 * nonce. With `keepKeys` it is a relocation or a change of account: keys and batch stay.
 */
import type { BindPayload, Command, ErrorCode } from '@tillgate/protocol'
import { dataAreas, type DataArea, type FlashChange } from '../../flash/contents.js'
import { erasedSlot, shownSlots, workingSlotsHeld } from '../keys/slots.js'
import { applyChanges } from '../../flash/image.js'
import { isErasing } from '../state.js'
import { nextErrand } from '../till/next.js'
import type { Turn } from '../turn.js'
import { releaseOpen } from '../unbind/release.js'
import type { Outcome } from './harmless.js'

const refused = (code: ErrorCode, detail: string): Outcome => ({ ok: false, code, detail })

const moneyAreas: readonly (readonly [DataArea, ErrorCode])[] = [
  ['batch', 'BATCH_NOT_SETTLED'],
  ['offline', 'OFFLINE_NOT_EMPTY'],
  ['reversal', 'REVERSAL_NOT_SENT'],
]

const paramChanges = (payload: BindPayload): readonly FlashChange[] =>
  (['acquirerCode', 'mid', 'tid', 'merchantName', 'storeId'] as const).map((id, order) => ({
    area: 'params',
    id,
    value: { order, text: payload[id] },
  }))

/** Nothing of the merchant before may be found by the next. */
const forgetMerchant = (turn: Turn): readonly FlashChange[] => [
  ...workingSlotsHeld(turn.flash).map(erasedSlot),
  ...dataAreas.map((area): FlashChange => ({ clear: area })),
  { cell: 'batchHead', value: undefined },
  { cell: 'lock', value: undefined },
]

/** The host may know this TID under other keys: the first thing after a Bind is a sign-on. */
const signOnAgain = (turn: Turn): readonly FlashChange[] => {
  const { batchHead } = turn.flash.cells
  return batchHead === undefined
    ? []
    : [{ cell: 'batchHead', value: { ...batchHead, signedOn: false } }]
}

export const bind = (turn: Turn, command: Command, payload: BindPayload): Outcome => {
  if (isErasing(turn.state)) return refused('ERASURE_OPEN', '')
  if (turn.state.sale !== undefined) return refused('BUSY_TXN', '')
  const { areas, cells } = turn.flash
  const isSame = (id: 'mid' | 'tid' | 'acquirerCode'): boolean =>
    areas.params.get(id)?.text === payload[id]
  if (payload.keepKeys && !isSame('mid')) return refused('KEY_POLICY', 'keys of another merchant')
  if (!payload.keepKeys || !isSame('tid') || !isSame('acquirerCode')) {
    for (const [area, code] of moneyAreas) if (areas[area].size > 0) return refused(code, area)
  }
  releaseOpen(turn, 'DISPLACED')
  const paramsHash = turn.world.primitives.sha256(command.payload)
  const epoch = command.bindingEpoch
  const changes: readonly FlashChange[] = [
    ...(payload.keepKeys ? [] : forgetMerchant(turn)),
    ...paramChanges(payload),
    { cell: 'epochs', value: { asset: cells.epochs?.asset ?? 0, binding: epoch } },
    { cell: 'binding', value: { epoch, paramsHash } },
    ...(payload.keepKeys ? signOnAgain(turn) : []),
  ]
  const keySlots = shownSlots(applyChanges(turn.flash, changes))
  return {
    ok: true,
    changes,
    result: { type: 'Bind', bindingEpoch: epoch, paramsHash, keySlots },
    then: afterBind,
  }
}

const afterBind = (turn: Turn): void => {
  // What was being asked was asked for the binding before.
  turn.set({ errand: undefined, host: { signOns: 0, failures: 0, resting: false } })
  turn.cancel('errand')
  turn.note({ what: 'bound' })
  nextErrand(turn)
}
