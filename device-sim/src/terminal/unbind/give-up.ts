/**
 * A prepare that cannot reach Ready ends by itself (rule 7): Refused, and the terminal sells again.
 * With a nonce, the nonce dies in the journal before the refusal is sent (rule 4).
 */
import { errorNumber, type ErrorCode } from '@tillgate/protocol'
import { aboutEntry, updateEntry } from '../command/journal.js'
import { refuseDestructive } from '../command/refuse.js'
import { nextErrand } from '../till/next.js'
import type { Turn } from '../turn.js'
import { dropKept, keptFor } from '../uplink/evidence.js'
import { endPreparation, openPreparation } from './preparation.js'
import { moneyCodes, moneyLeft } from './ready.js'

/** From the menu, and not ready: nobody has been told anything yet but the person at the terminal. */
const giveUpOffline = (turn: Turn, code: ErrorCode): void => {
  const { preparation, sale } = turn.state
  if (preparation === undefined || preparation.lease !== undefined) return
  endPreparation(turn)
  const left = sale === undefined ? moneyLeft(turn.flash) : undefined
  const reason = left === undefined ? code : `${moneyCodes[left]} ${code}`
  turn.note({ what: 'offline', is: 'given-up', reason })
  turn.show('解绑未完成')
  nextErrand(turn)
}

export const giveUp = (turn: Turn, code: ErrorCode, detail: string): void => {
  const open = openPreparation(turn.state)
  if (open === undefined) return giveUpOffline(turn, code)
  const { entry } = open
  endPreparation(turn)
  const refused = updateEntry(entry, { state: 'refused', code: errorNumber(code) })
  const refusing = { code, detail, readyNonce: entry.readyNonce }
  refuseDestructive(turn, refusing, aboutEntry(entry), [
    ...dropKept(keptFor(turn.flash, entry.commandId, 'ready')),
    refused.change,
  ])
  turn.note({ what: 'refused', commandId: entry.commandId, detail: code })
  turn.show('解绑未完成')
  nextErrand(turn)
}

export const onPrepareTimer = (turn: Turn): void => {
  const { preparation, sale } = turn.state
  if (preparation === undefined || preparation.lease !== undefined) return
  if (turn.world.nowMs < preparation.deadlineMs) return
  if (sale !== undefined) return giveUp(turn, 'BUSY_TXN', 'a sale did not end in time')
  const code = preparation.hostSilent ? 'HOST_UNREACHABLE' : 'PREPARE_TIMEOUT'
  giveUp(turn, code, preparation.phase)
}

/** The merchant presses *later*; once it is Ready there is no button. */
export const onPostpone = (turn: Turn): void => {
  if (turn.state.preparation?.lease === undefined) giveUp(turn, 'POSTPONED_BY_MERCHANT', '')
}
