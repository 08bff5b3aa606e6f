/**
 * What the till does next, decided from what lies in the flash and never remembered elsewhere: the
 * running sale first, then the steps of a prepare in their order (domain §1.6), else housekeeping.
 * One thing at a time.
 */
import { isBound, isErasing, type ErrandKind, type TerminalState } from '../state.js'
import type { Turn } from '../turn.js'
import { becomeReady } from '../unbind/ready.js'
import { startErrand } from './errand.js'

const hasKeys = (state: TerminalState): boolean => {
  const { batchHead } = state.flash.cells
  const { slots } = state.flash.areas
  const isActive = (purpose: string): boolean => slots.get(purpose)?.state === 'ACTIVE'
  return batchHead?.signedOn === true && isActive('PIK') && isActive('MAK')
}

const hasOpenBatch = (state: TerminalState): boolean =>
  hasKeys(state) && state.flash.cells.batchHead?.open === true

const withKeys = (state: TerminalState, kind: ErrandKind): ErrandKind =>
  hasKeys(state) ? kind : 'signOn'

const withOpenBatch = (state: TerminalState, kind: ErrandKind): ErrandKind =>
  hasOpenBatch(state) ? kind : 'signOn'

/** Reversals, offline sales, settlement, sign-off, upload: in this order, each until it is empty. */
const prepareStep = (state: TerminalState): ErrandKind | 'ready' => {
  if (state.preparation?.withoutSettlement === true) return 'ready'
  const { reversal, offline, batch } = state.flash.areas
  const { batchHead } = state.flash.cells
  if (reversal.size > 0) return withKeys(state, 'reversal')
  if (offline.size > 0) return withOpenBatch(state, 'offlineUpload')
  if (batch.size > 0 || batchHead?.open === true) return withKeys(state, 'settle')
  if (batchHead?.signedOn === true) return 'signOff'
  return state.preparation?.uploaded === true ? 'ready' : 'upload'
}

const housekeeping = (state: TerminalState): ErrandKind | undefined => {
  const { reversal, offline, batch } = state.flash.areas
  if (!hasOpenBatch(state)) return 'signOn'
  if (reversal.size > 0) return 'reversal'
  const sendsOffline = !state.profile.keepsOffline || state.settlementAsked
  if (offline.size > 0 && sendsOffline) return 'offlineUpload'
  return state.settlementAsked && batch.size > 0 ? 'settle' : undefined
}

const choose = (state: TerminalState): ErrandKind | 'ready' | undefined => {
  if (state.sale !== undefined) return withOpenBatch(state, 'sale')
  if (state.preparation === undefined) return housekeeping(state)
  return state.preparation.lease === undefined ? prepareStep(state) : undefined
}

export const nextErrand = (turn: Turn): void => {
  const { state } = turn
  if (state.errand !== undefined || state.host.resting) return
  if (!isBound(state) || isErasing(state)) return
  const next = choose(state)
  if (next === 'ready') becomeReady(turn)
  else if (next !== undefined) startErrand(turn, next)
}
