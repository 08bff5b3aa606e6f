/**
 * Unbind, first phase: from here the terminal finishes the running sale and takes no new one. The
 * prepare itself is a matter of the till (`till/next.ts` chooses its steps); nothing is lost in it.
 * Until a Proceed it can always be given up.
 */
import type { Command, ErrorCode, UnbindPayload } from '@tillgate/protocol'
import { commandEntry, keyOf, newEntry, storeSeq } from '../command/journal.js'
import { refuseCommand } from '../command/refuse.js'
import { terminalLimits } from '../limits.js'
import { isBound, isErasing, type Settled } from '../state.js'
import { nextErrand } from '../till/next.js'
import type { Turn } from '../turn.js'
import { send } from '../uplink/outbox.js'
import { releaseOpen } from './release.js'

const nothing = { records: 0, amountMinor: 0 }
export const nothingSettled: Settled = {
  batch: nothing,
  offline: nothing,
  reversal: nothing,
  slip: nothing,
}

const obstacle = (turn: Turn, payload: UnbindPayload): ErrorCode | undefined => {
  const { state, flash } = turn
  if (isErasing(state)) return 'ERASURE_OPEN'
  const { params } = flash.areas
  const isMine = params.get('mid')?.text === payload.mid && params.get('tid')?.text === payload.tid
  if (!isBound(state) || !isMine) return 'NOT_BOUND'
  return state.batteryPercent < terminalLimits.batteryPercentMin ? 'LOW_BATTERY' : undefined
}

export const startUnbind = (
  turn: Turn,
  command: Command,
  hash: Uint8Array,
  payload: UnbindPayload,
): void => {
  const code = obstacle(turn, payload)
  if (code !== undefined) return refuseCommand(turn, command, hash, { code, detail: '' })
  // Rule 7: a higher sequence displaces a prepare that has no Proceed, and releases it first.
  releaseOpen(turn, 'DISPLACED')
  const { commandId } = command
  const head = commandEntry(turn.world.primitives, command, hash)
  const { changes } = newEntry(turn.flash, { ...head, state: 'preparing' })
  turn.write([...storeSeq(turn.flash, command.seq), ...changes])
  const waitMs = payload.settleTimeoutS * 1_000
  turn.set({
    preparation: {
      key: keyOf(commandId),
      isOffline: false,
      phase: 'QUIESCING',
      deadlineMs: turn.world.nowMs + waitMs,
      settled: nothingSettled,
      uploaded: false,
      withoutSettlement: payload.withoutSettlement === true,
      hostSilent: false,
      lease: undefined,
    },
    host: { signOns: 0, failures: 0, resting: false },
  })
  turn.cancel('host-retry')
  send(turn, { kind: 'accepted' }, { commandId, downlinkHash: hash })
  turn.note({ what: 'preparing', commandId, detail: '' })
  turn.show('解绑准备中')
  turn.start('prepare', waitMs)
  nextErrand(turn)
}
