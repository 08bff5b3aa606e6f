/**
 * Unbind without a network, from the terminal's menu: the prepare of a Command that has not come yet
 * (protocol §9a). It ends in an OfflineReady, shown as frames, whose one nonce is session nonce and
 * ready nonce; the answer is read in `answer.ts`. Nothing is lost before that.
 */
import { equalBytes, type OfflineReady } from '@tillgate/protocol'
import { terminalLimits } from '../limits.js'
import { isBound, isErasing, type TerminalState } from '../state.js'
import { nextErrand } from '../till/next.js'
import type { Turn } from '../turn.js'
import { signed } from '../uplink/authenticate.js'
import { aboutNothing, compose } from '../uplink/compose.js'
import { showPaper } from './paper.js'
import { countedAreas, freshNonce, settledAreas } from './ready.js'
import { nothingSettled } from './start.js'

/** Why not, by its code; `ONLINE`: there is a line, and over it the gateway asks. */
const obstacle = (state: TerminalState): string | undefined => {
  if (state.identity === undefined) return 'NOT_ENROLLED'
  if (isErasing(state)) return 'ERASURE_OPEN'
  if (!isBound(state)) return 'NOT_BOUND'
  if (state.preparation !== undefined) return 'UNBINDING'
  if (state.session.open !== undefined) return 'ONLINE'
  if (state.flashFull) return 'FLASH_FULL'
  return state.batteryPercent < terminalLimits.batteryPercentMin ? 'LOW_BATTERY' : undefined
}

export const startOffline = (turn: Turn): void => {
  const reason = obstacle(turn.state)
  if (reason !== undefined) {
    turn.note({ what: 'offline', is: 'not-possible', reason })
    return turn.show('现在不能解绑')
  }
  const waitMs = terminalLimits.offlinePrepareMs
  turn.set({
    preparation: {
      key: undefined,
      isOffline: true,
      phase: 'QUIESCING',
      deadlineMs: turn.world.nowMs + waitMs,
      settled: nothingSettled,
      uploaded: false,
      withoutSettlement: false,
      hostSilent: false,
      lease: undefined,
    },
    host: { signOns: 0, failures: 0, resting: false },
  })
  turn.cancel('host-retry')
  turn.note({ what: 'offline', is: 'preparing', reason: '' })
  turn.show('解绑准备中')
  turn.start('prepare', waitMs)
  nextErrand(turn)
}

const readyOf = (turn: Turn, nonce: Uint8Array, settled: OfflineReady['settled']): OfflineReady => {
  const { profile } = turn.state
  const { cells } = turn.flash
  return {
    kind: 'offlineReady',
    nonce,
    leaseS: Math.floor(profile.timings.offlineLeaseMs / 1_000),
    firmware: profile.firmware,
    model: profile.model,
    assetEpoch: cells.epochs?.asset ?? 0,
    bindingEpoch: cells.epochs?.binding ?? 0,
    lastSeq: cells.sequence ?? 0,
    signerListVersion: cells.signerList?.version ?? 0,
    areas: countedAreas(turn),
    settled,
    batchNumber: cells.batchHead?.number ?? 0,
  }
}

/** Nothing is left to settle: the nonce is in the flash before it is shown, and its lease runs. */
export const becomeReadyOffline = (turn: Turn): void => {
  const { preparation, profile } = turn.state
  if (preparation?.isOffline !== true || preparation.lease !== undefined) return
  const { offlineLeaseMs } = profile.timings
  const { counter, nonce } = freshNonce(turn)
  const lease = { nonce, endsMs: turn.world.nowMs + offlineLeaseMs }
  turn.set({ preparation: { ...preparation, phase: 'PREPARED', lease } })
  turn.write([
    { cell: 'nonceCounter', value: counter },
    { cell: 'offlineNonce', value: nonce },
  ])
  turn.cancel('prepare')
  turn.start('lease', offlineLeaseMs)
  const ready = readyOf(turn, nonce, settledAreas(preparation.settled))
  const { body } = compose(turn, ready, aboutNothing)
  turn.show('等待解绑')
  showPaper(turn, 'offlineReady', signed(turn, body))
}

/** Is this the live nonce of an OfflineReady whose Command has not come? */
export const isOfOffline = (turn: Turn, nonce: Uint8Array | undefined): boolean => {
  const live = turn.flash.cells.offlineNonce
  return live !== undefined && nonce !== undefined && equalBytes(live, nonce)
}
