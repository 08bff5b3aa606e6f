/**
 * An errand: first the till's own work, which takes its time, then one question to the host. What
 * must be undone if the answer never comes is in the flash before the question leaves.
 */
import type { FlashChange } from '../../flash/contents.js'
import type { Errand, ErrandKind } from '../state.js'
import type { Turn } from '../turn.js'
import { enterPhase, markUploaded, tally } from '../unbind/preparation.js'
import { requestFor } from './requests.js'
import { nextErrand } from './next.js'

const phaseOf = (kind: ErrandKind): 'FLUSHING' | 'SETTLING' | 'UPLOADING' | undefined => {
  switch (kind) {
    case 'reversal':
    case 'offlineUpload':
      return 'FLUSHING'
    case 'settle':
    case 'batchUpload':
    case 'signOff':
      return 'SETTLING'
    case 'upload':
      return 'UPLOADING'
    case 'sale':
    case 'signOn':
      return undefined
    default:
      return kind satisfies never
  }
}

const workMs = (turn: Turn, kind: ErrandKind): number => {
  const { saleMs, settleMs, uploadMs } = turn.state.profile.timings
  if (kind === 'sale') return saleMs
  if (kind === 'settle') return settleMs
  return kind === 'upload' ? uploadMs : 0
}

export const startErrand = (turn: Turn, kind: ErrandKind, offset = 0): void => {
  const phase = phaseOf(kind)
  if (phase !== undefined) enterPhase(turn, phase)
  const errand: Errand = { kind, stage: 'working', requestId: 0, request: undefined, offset }
  turn.set({ errand })
  const ms = workMs(turn, kind)
  if (ms > 0) return turn.start('errand', ms)
  ask(turn, errand)
}

export const onErrandTimer = (turn: Turn): void => {
  const { errand } = turn.state
  if (errand?.stage !== 'working') return
  if (errand.kind === 'upload') return finishUpload(turn)
  ask(turn, errand)
}

const ask = (turn: Turn, errand: Errand): void => {
  if (errand.kind === 'upload') return finishUpload(turn)
  const { request, changes } = requestFor(turn, errand.kind, errand.offset)
  turn.write(changes)
  const lastRequestId = turn.state.lastRequestId + 1
  turn.set({
    lastRequestId,
    errand: { ...errand, stage: 'asked', requestId: lastRequestId, request },
  })
  turn.say({ kind: 'host', requestId: lastRequestId, request })
}

/** Slips and logs go to the acquirer's back office; the simulation gives it time and no server. */
const finishUpload = (turn: Turn): void => {
  const records = turn.flash.areas.slip.size
  const changes: readonly FlashChange[] = records > 0 ? [{ clear: 'slip' }] : []
  turn.set({ errand: undefined })
  turn.write(changes)
  tally(turn, 'slip', { records, amountMinor: 0 })
  markUploaded(turn)
  nextErrand(turn)
}
