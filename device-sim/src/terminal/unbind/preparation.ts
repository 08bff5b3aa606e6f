/** The running prepare and its journal entry, as the files of this folder change them. */
import { phaseNumbers, type Phase } from '@tillgate/protocol'
import type { JournalEntry } from '../../flash/contents.js'
import { aboutEntry } from '../command/journal.js'
import type { Preparation, Settled, Tally, TerminalState } from '../state.js'
import type { Turn } from '../turn.js'
import { send } from '../uplink/outbox.js'

export interface OpenPreparation {
  readonly preparation: Preparation
  readonly entry: JournalEntry
}

/** The running prepare of a Command; one from the menu has none before its answer is read. */
export const openPreparation = (state: TerminalState): OpenPreparation | undefined => {
  const { preparation } = state
  if (preparation?.key === undefined) return undefined
  const entry = state.flash.areas.journal.get(preparation.key)
  if (entry === undefined) throw new Error('terminal: a prepare without a journal entry')
  return { preparation, entry }
}

export const endPreparation = (turn: Turn): void => {
  turn.set({ preparation: undefined })
  turn.cancel('prepare')
  turn.cancel('lease')
}

const changePreparation = (turn: Turn, part: Partial<Preparation>): void => {
  const { preparation } = turn.state
  if (preparation !== undefined) turn.set({ preparation: { ...preparation, ...part } })
}

/** Only forwards: a sign-on between two settlements is no new phase. */
export const enterPhase = (turn: Turn, phase: Preparation['phase']): void => {
  const { preparation } = turn.state
  if (preparation === undefined || phaseNumbers[phase] <= phaseNumbers[preparation.phase]) return
  changePreparation(turn, { phase })
  const open = openPreparation(turn.state)
  if (open !== undefined) sayPhase(turn, open.entry, phase)
}

const sayPhase = (turn: Turn, entry: JournalEntry, phase: Phase): void =>
  send(turn, { kind: 'progress', phase, done: 0, total: 0, resumed: 0 }, aboutEntry(entry))

export const tally = (turn: Turn, area: keyof Settled, more: Tally): void => {
  const { preparation } = turn.state
  if (preparation === undefined) return
  const before = preparation.settled[area]
  const after = {
    records: before.records + more.records,
    amountMinor: before.amountMinor + more.amountMinor,
  }
  changePreparation(turn, { settled: { ...preparation.settled, [area]: after } })
}

export const markUploaded = (turn: Turn): void => changePreparation(turn, { uploaded: true })

export const markHostSilent = (turn: Turn, hostSilent: boolean): void =>
  changePreparation(turn, { hostSilent })
