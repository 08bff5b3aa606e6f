/**
 * The erasure: journalled before the first key goes, then step by step, each step durable before the
 * next. A power loss resumes it from what is still there; nothing else ends it. The proof is written
 * in the same write that closes it, after the memory was scrubbed.
 */
import type { Phase, Proceed, Proof } from '@tillgate/protocol'
import {
  dataAreas,
  type DataArea,
  type FlashChange,
  type JournalEntry,
  type OpenErasure,
} from '../../flash/contents.js'
import { entryOf, storeSeq, updateEntry } from '../command/journal.js'
import { erasedSlot, shownSlot, workingSlotsHeld } from '../keys/slots.js'
import { trustedNow } from '../state.js'
import type { Turn } from '../turn.js'
import { dropKept, keptFor, prepareEvidence, sendEvidence } from '../uplink/evidence.js'
import { send } from '../uplink/outbox.js'
import { showPaper } from './paper.js'
import { endPreparation } from './preparation.js'

export const beginErasure = (
  turn: Turn,
  entry: JournalEntry,
  proceed: Proceed,
  proceedHash: Uint8Array,
): void => {
  const { cells, areas } = turn.flash
  const counter = (cells.erasureCounter ?? 0) + 1
  const erasure: OpenErasure = {
    commandId: entry.commandId,
    commandHash: proceed.commandHash,
    readyNonce: proceed.readyNonce,
    proceedHash,
    counter,
    bindingEpoch: cells.epochs?.binding ?? 0,
    slots: workingSlotsHeld(turn.flash).map(shownSlot),
    areas: dataAreas.map((name) => ({ name, records: areas[name].size })),
    resumed: 0,
    ...(turn.state.preparation?.isOffline === true ? { isOffline: true } : undefined),
  }
  turn.write([
    { cell: 'erasure', value: erasure },
    { cell: 'erasureCounter', value: counter },
    ...dropKept(keptFor(turn.flash, entry.commandId, 'ready')),
    updateEntry(entry, { state: 'erasing' }).change,
    ...storeSeq(turn.flash, proceed.seq),
  ])
  turn.sync()
  endPreparation(turn)
  turn.note({ what: 'erasing', commandId: entry.commandId, detail: '' })
  turn.show('正在清除')
  sayErasing(turn)
  startStep(turn)
}

const areasHeld = (turn: Turn): readonly DataArea[] =>
  dataAreas.filter((name) => turn.flash.areas[name].size > 0)

const startStep = (turn: Turn): void => {
  const { eraseSlotMs, eraseAreaMs } = turn.state.profile.timings
  turn.start('erase', workingSlotsHeld(turn.flash).length > 0 ? eraseSlotMs : eraseAreaMs)
}

export const resumeErasure = (turn: Turn): void => {
  const { erasure } = turn.flash.cells
  if (erasure === undefined) return
  turn.write([{ cell: 'erasure', value: { ...erasure, resumed: erasure.resumed + 1 } }])
  turn.show('正在清除')
  sayErasing(turn)
  startStep(turn)
}

export const sayErasing = (turn: Turn): void => {
  const { erasure } = turn.flash.cells
  if (erasure === undefined) return
  const slots = workingSlotsHeld(turn.flash).length
  const total = erasure.slots.length + erasure.areas.filter(({ records }) => records > 0).length
  const left = slots + areasHeld(turn).length
  const phase: Phase = slots > 0 ? 'ERASING_KEYS' : 'ERASING_PARAMS'
  const { resumed, commandId, commandHash } = erasure
  const done = Math.max(0, total - left)
  send(
    turn,
    { kind: 'progress', phase, done, total, resumed },
    { commandId, downlinkHash: commandHash },
  )
}

/** What else names the merchant goes with its parameters. The epoch stays, as a fence. */
const forgetBinding: readonly FlashChange[] = [
  { cell: 'binding', value: undefined },
  { cell: 'batchHead', value: undefined },
  { cell: 'lock', value: undefined },
]

export const onEraseTimer = (turn: Turn): void => {
  const { erasure } = turn.flash.cells
  if (erasure === undefined) return
  const [slot] = workingSlotsHeld(turn.flash)
  const [area] = areasHeld(turn)
  if (slot === undefined && area === undefined) return finish(turn, erasure)
  if (slot !== undefined) turn.write([erasedSlot(slot)])
  else if (area !== undefined) {
    turn.write([{ clear: area }, ...(area === 'params' ? forgetBinding : [])])
  }
  turn.sync()
  const wasLastKey = slot !== undefined && workingSlotsHeld(turn.flash).length === 0
  if (wasLastKey) sayErasing(turn)
  startStep(turn)
}

const slotAfter = (turn: Turn, purpose: string): Proof['slots'][number]['after'] => {
  const slot = turn.flash.areas.slots.get(purpose)
  if (slot === undefined) throw new Error('terminal: an erased slot leaves its state')
  return shownSlot(slot)
}

const proofOf = (turn: Turn, erasure: OpenErasure): Proof => ({
  kind: 'proof',
  readyNonce: erasure.readyNonce,
  proceedHash: erasure.proceedHash,
  assetEpoch: turn.flash.cells.epochs?.asset ?? 0,
  bindingEpoch: erasure.bindingEpoch,
  counter: erasure.counter,
  firmware: turn.state.profile.firmware,
  slots: erasure.slots.map((before) => ({ before, after: slotAfter(turn, before.purpose) })),
  areas: erasure.areas.map(({ name, records }) => ({
    name,
    recordsBefore: records,
    recordsAfter: turn.flash.areas[name].size,
    method: 'overwrite',
  })),
  erasedAtMs: Math.floor(trustedNow(turn.state, turn.world.nowMs) ?? 0),
  resumed: erasure.resumed,
  partial: false,
})

const finish = (turn: Turn, erasure: OpenErasure): void => {
  const { commandId, commandHash } = erasure
  const entry = entryOf(turn.flash, commandId)
  if (entry === undefined) throw new Error('terminal: an erasure without a journal entry')
  turn.scrub()
  const about = { commandId, downlinkHash: commandHash }
  const { kept, id, changes } = prepareEvidence(turn, proofOf(turn, erasure), about)
  turn.write([
    ...changes,
    ...forgetBinding,
    { cell: 'erasure', value: undefined },
    updateEntry(entry, { state: 'done', proofId: id }).change,
  ])
  turn.sync()
  turn.note({ what: 'erased', commandId, detail: '' })
  turn.show('已解绑')
  if (erasure.isOffline === true) showPaper(turn, 'proof', kept.envelope)
  sendEvidence(turn, kept)
}
