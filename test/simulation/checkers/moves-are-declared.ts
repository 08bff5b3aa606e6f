/**
 * I4: state moves only along the declared machines, and every move leaves one record in the same
 * transaction. The table below is written down from the architecture, not from the machines' code.
 */
import type { CommandPhase, CommandState, Write } from '@tillgate/gateway'

import type { Checker } from './checker.js'

type Place = CommandState | CommandPhase

const ends = ['done', 'failed', 'refused', 'cancelled', 'expired', 'superseded'] as const

/** The erase after a forced close: its TID was blocked for good, and is not opened again. */
const forcedErase: Readonly<Partial<Record<Place, readonly Place[]>>> = {
  published: ['tid_blocking'],
  accepted: ['tid_blocking'],
  preparing: ['tid_blocking'],
  proceed_sent: ['queued', 'refused'],
  proceed_unknown: ['queued', 'refused'],
}

/** From where to where a command may move, by its phase where it has one, else by its state. */
const destructive: Readonly<Partial<Record<Place, readonly Place[]>>> = {
  queued: ['published', 'cancelled', 'expired', 'parked', 'superseded'],
  parked: ['cancelled', 'expired', 'superseded'],
  published: [
    'accepted',
    'preparing',
    'ready',
    'aborting',
    'queued',
    'refused',
    'parked',
    'superseded',
  ],
  accepted: ['preparing', 'ready', 'aborting', 'queued', 'refused', 'parked', 'superseded'],
  preparing: ['ready', 'aborting', 'queued', 'refused', 'parked', 'superseded'],
  ready: ['tid_blocking', 'aborting', 'queued', 'refused', 'tid_unblocking'],
  tid_blocking: ['proceed_sent', 'aborting', 'tid_unblocking', 'queued', 'refused'],
  proceed_sent: ['proceed_unknown', 'erasing', 'done', 'tid_unblocking'],
  proceed_unknown: ['proceed_sent', 'erasing', 'done', 'tid_unblocking', 'superseded'],
  erasing: ['done', 'superseded'],
  aborting: ['tid_unblocking', 'queued', 'refused', 'cancelled', 'expired', 'superseded'],
  tid_unblocking: ['queued', 'refused', 'cancelled', 'expired'],
  // Closed by force: a proof that comes late still counts.
  superseded: ['done'],
}

const harmless: Readonly<Partial<Record<Place, readonly Place[]>>> = {
  // Refused: a Command that came twice was answered twice, and what ends it is heard behind what repeats it.
  queued: ['published', 'cancelled', 'expired', 'parked', 'refused'],
  parked: ['cancelled', 'expired', 'done', 'failed', 'refused', 'queued', 'accepted'],
  published: ['accepted', 'running', 'queued', 'parked', ...ends],
  accepted: ['running', 'queued', 'parked', ...ends],
  running: ['queued', 'parked', ...ends],
  // An end whose outcome was unknown takes a late result.
  cancelled: ['done', 'failed', 'refused', 'cancelled'],
  expired: ['done', 'failed', 'refused', 'expired'],
  superseded: ['done', 'failed', 'refused', 'superseded'],
}

const placeOf = (row: {
  readonly state: CommandState
  readonly phase: CommandPhase | null
}): Place => row.phase ?? row.state

const linesAbout = (writes: readonly Write[], commandId: number): number =>
  writes.filter(
    (write) =>
      write.write === 'insert' &&
      write.table === 'event' &&
      write.row['commandId'] === commandId &&
      String(write.row['kind']).startsWith('command.'),
  ).length

export const movesAreDeclared: Checker = {
  name: 'moves-are-declared',
  rule: 'I4: state moves only along the declared machines, each move with one line in the ledger',
  begin: (say, { ledger }) => {
    const judge = (name: string, writes: readonly Write[], write: Write): void => {
      if (write.write !== 'update' || write.table !== 'command') return
      const before = ledger.commands.get(write.id)
      if (before === undefined) return say(`${name} updates a command that is not there`)
      const after = { ...before, ...write.set } as typeof before
      const [from, to] = [placeOf(before), placeOf(after)]
      const table = before.destructive === 1 ? destructive : harmless
      const isDeclared =
        table[from]?.includes(to) === true ||
        (forcedErase[from]?.includes(to) === true && ledger.isForcedErase(before))
      if (from !== to && !isDeclared) {
        say(`${name} moves a command from ${from} to ${to}`)
      }
      if (before.open === 0 && after.open === 1) say(`${name} opens a command that had ended`)
      const lines = linesAbout(writes, write.id)
      if (lines !== 1)
        say(`${name} moves ${from} to ${to} with ${String(lines)} lines in the ledger`)
    }
    return {
      seen(what) {
        if (what.what !== 'committed') return
        for (const write of what.writes) judge(what.name, what.writes, write)
      },
    }
  },
}
