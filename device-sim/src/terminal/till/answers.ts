/**
 * What the host answered, or that it did not. An answer changes the flash by what it means, and by
 * nothing more; then `next.ts` decides again. No answer is never taken for a no.
 */
import type { HostResponse, NoResponse } from '../../host/messages.js'
import { jittered } from '../chance.js'
import { terminalLimits } from '../limits.js'
import type { Errand, ErrandKind } from '../state.js'
import type { Turn } from '../turn.js'
import { giveUp } from '../unbind/give-up.js'
import { markHostSilent } from '../unbind/preparation.js'
import { onBatchUploaded, onSettled, onSignedOff } from './after-settlement.js'
import { onOfflineUploaded, onReversed } from './after-flush.js'
import { endSale, onSold, saleUnanswered } from './after-sale.js'
import { onSignedOn } from './after-sign-on.js'
import { handled, type Handled } from './handled.js'
import { nextErrand } from './next.js'

const handle = (turn: Turn, errand: Errand, response: HostResponse): Handled => {
  switch (errand.kind) {
    case 'signOn':
      return onSignedOn(turn, response)
    case 'sale':
      return onSold(turn, errand, response)
    case 'reversal':
      return onReversed(turn, errand, response)
    case 'offlineUpload':
      return onOfflineUploaded(turn, errand, response)
    case 'settle':
      return onSettled(turn, errand, response)
    case 'batchUpload':
      return onBatchUploaded(turn, errand, response)
    case 'signOff':
      return onSignedOff(turn, response)
    case 'upload':
      return handled
    default:
      return errand.kind satisfies never
  }
}

/** After a while, longer each time, whatever is next is tried again. */
const rest = (turn: Turn): void => {
  const { hostRetryMsMin, hostRetryMsMax } = turn.state.profile.timings
  const { failures } = turn.state.host
  turn.set({ host: { ...turn.state.host, failures: failures + 1, resting: true } })
  const delayMs = Math.min(hostRetryMsMax, hostRetryMsMin * 2 ** Math.min(failures, 16))
  turn.start('host-retry', jittered(turn, delayMs, 0.25))
}

export const onHostRetryTimer = (turn: Turn): void => {
  turn.set({ host: { ...turn.state.host, resting: false } })
  nextErrand(turn)
}

const signOnAgain = (turn: Turn, kind: ErrandKind): Handled => {
  const { batchHead } = turn.flash.cells
  const signOns = turn.state.host.signOns + 1
  turn.set({ host: { ...turn.state.host, signOns } })
  if (signOns > terminalLimits.signOnsPerErrandMax) {
    return { ok: false, why: 'refused', code: 'HOST_REFUSED', detail: `${kind}: sign-on in vain` }
  }
  if (batchHead !== undefined) {
    turn.write([{ cell: 'batchHead', value: { ...batchHead, signedOn: false } }])
  }
  return handled
}

const settleOutcome = (turn: Turn, errand: Errand, outcome: Handled): void => {
  if (outcome.ok) {
    if (errand.kind !== 'signOn') turn.set({ host: { ...turn.state.host, signOns: 0 } })
    turn.set({ host: { ...turn.state.host, failures: 0 } })
    return nextErrand(turn)
  }
  if (outcome.why === 'sign-on') {
    const again = signOnAgain(turn, errand.kind)
    return again.ok ? nextErrand(turn) : settleOutcome(turn, errand, again)
  }
  if (turn.state.sale !== undefined) {
    endSale(turn, 'declined', outcome.why === 'refused' ? outcome.detail : 'host 96')
  }
  if (outcome.why === 'refused' && turn.state.preparation !== undefined) {
    turn.set({ host: { signOns: 0, failures: 0, resting: false } })
    return giveUp(turn, outcome.code, outcome.detail)
  }
  rest(turn)
}

export const onHostAnswered = (
  turn: Turn,
  requestId: number,
  answer: HostResponse | NoResponse,
): void => {
  const { errand } = turn.state
  if (errand?.requestId !== requestId) return
  turn.set({ errand: undefined })
  markHostSilent(turn, !answer.ok)
  const code = answer.ok ? answer.responseCode : answer.code
  turn.note({ what: 'host', did: errand.kind, code })
  if (answer.ok) return settleOutcome(turn, errand, handle(turn, errand, answer))
  if (turn.state.sale !== undefined) saleUnanswered(turn, errand)
  rest(turn)
}
