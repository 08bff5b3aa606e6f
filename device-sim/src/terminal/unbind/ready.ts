/**
 * Ready: everything is settled and sent, nothing is erased. The nonce is a durable counter with
 * entropy behind it, so neither a reboot nor a restored memory repeats one (rule 10); it is in the
 * journal before it is sent, and it opens a lease on the monotonic clock.
 */
import {
  concat,
  equalBytes,
  u32be,
  type Area,
  type ErrorCode,
  type Ready,
} from '@tillgate/protocol'
import { dataAreas, type DataArea, type JournalEntry } from '../../flash/contents.js'
import type { FlashImage } from '../../flash/image.js'
import { draw } from '../chance.js'
import { aboutEntry, updateEntry } from '../command/journal.js'
import type { Settled } from '../state.js'
import type { Turn } from '../turn.js'
import { dropKept, keptFor, sendEvidence, testify } from '../uplink/evidence.js'
import { becomeReadyOffline } from './offline.js'
import { openPreparation } from './preparation.js'
import { onLeaseTimer } from './release.js'

const entropyBytes = 12
const text = new TextEncoder()

const amountOf = (record: object): number =>
  'amountMinor' in record && typeof record.amountMinor === 'number' ? record.amountMinor : 0

const shownRecord = (id: string, record: object): string =>
  `${id}=${'text' in record ? String(record.text) : String(amountOf(record))}\n`

const countedArea = (turn: Turn, name: DataArea): Area => {
  const records = [...turn.flash.areas[name]] as readonly (readonly [string, object])[]
  const bytes = text.encode(records.map(([id, record]) => shownRecord(id, record)).join(''))
  return {
    name,
    records: records.length,
    amountMinor: records.reduce((sum, [, record]) => sum + amountOf(record), 0),
    hash: records.length === 0 ? undefined : turn.world.primitives.sha256(bytes),
  }
}

export const settledAreas = (settled: Settled): readonly Area[] =>
  (['batch', 'offline', 'reversal', 'slip'] as const).map((name) => ({
    name,
    ...settled[name],
    hash: undefined,
  }))

export const freshNonce = (turn: Turn): { counter: number; nonce: Uint8Array } => {
  const counter = (turn.flash.cells.nonceCounter ?? 0) + 1
  const nonce = concat(u32be(counter % 2 ** 32), draw(turn, 'ready', entropyBytes))
  return { counter, nonce }
}

/** What Ready and OfflineReady say of the money and the rest. */
export const countedAreas = (turn: Turn): readonly Area[] =>
  dataAreas.map((name) => countedArea(turn, name))

const readyOf = (turn: Turn, nonce: Uint8Array, leaseS: number, settled: Settled): Ready => ({
  kind: 'ready',
  readyNonce: nonce,
  leaseS,
  areas: countedAreas(turn),
  settled: settledAreas(settled),
  batchNumber: turn.flash.cells.batchHead?.number ?? 0,
})

/** Why there is no Ready while they are there. */
export const moneyCodes = {
  reversal: 'REVERSAL_NOT_SENT',
  offline: 'OFFLINE_NOT_EMPTY',
  batch: 'BATCH_NOT_SETTLED',
} as const satisfies Partial<Record<DataArea, ErrorCode>>

/** Money in the terminal: with any of it there is no erasure (domain U2), but after a forced close. */
export const moneyLeft = (flash: FlashImage): keyof typeof moneyCodes | undefined =>
  (['reversal', 'offline', 'batch'] as const).find((name) => flash.areas[name].size > 0)

export const becomeReady = (turn: Turn): void => {
  if (turn.state.preparation?.key === undefined) return becomeReadyOffline(turn)
  const open = openPreparation(turn.state)
  if (open === undefined || open.preparation.lease !== undefined) return
  const { entry } = open
  if (entry.hash === undefined) throw new Error('terminal: a prepare without a command')
  const { leaseMs } = turn.state.profile.timings
  const { counter, nonce } = freshNonce(turn)
  const { preparation } = open
  const lease = { nonce, endsMs: turn.world.nowMs + leaseMs }
  turn.set({ preparation: { ...preparation, phase: 'PREPARED', lease } })
  const prepared = updateEntry(entry, {
    state: 'prepared',
    readyNonce: nonce,
    namedHashes: [entry.hash],
  })
  const ready = readyOf(turn, nonce, Math.floor(leaseMs / 1_000), preparation.settled)
  testify(turn, ready, aboutEntry(prepared.entry), [
    { cell: 'nonceCounter', value: counter },
    prepared.change,
  ])
  turn.cancel('prepare')
  turn.start('lease', leaseMs)
  turn.note({ what: 'ready', commandId: entry.commandId, detail: '' })
  turn.show('等待解绑')
}

/** The Command came again: the same nonce and lease, but naming the latest attempt (rule 3). */
export const nameAgain = (turn: Turn, entry: JournalEntry): void => {
  const open = openPreparation(turn.state)
  const lease = open?.preparation.lease
  if (open === undefined || lease === undefined || entry.hash === undefined) return
  if (turn.world.nowMs >= lease.endsMs) return onLeaseTimer(turn)
  const { hash } = entry
  const kept = keptFor(turn.flash, entry.commandId, 'ready')
  const isNamed = entry.namedHashes.some((named) => equalBytes(named, hash))
  const [last] = kept
  if (isNamed && last !== undefined) return sendEvidence(turn, last)
  const namedHashes = isNamed ? entry.namedHashes : [...entry.namedHashes, hash]
  const named = updateEntry(entry, { namedHashes })
  const leftS = Math.max(1, Math.floor((lease.endsMs - turn.world.nowMs) / 1_000))
  const ready = readyOf(turn, lease.nonce, leftS, open.preparation.settled)
  testify(turn, ready, aboutEntry(named.entry), [...dropKept(kept), named.change])
}
