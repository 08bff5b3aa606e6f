/**
 * Power comes on. What the journal holds open is ended or resumed before anything else: an erasure
 * goes on, a prepare is released (its nonce must not live through a reboot), a command whose effect
 * cannot be resumed is interrupted for ever. Then the terminal connects.
 */
import { ascii, commandTypeNumber, type PrivateKeyHandle } from '@tillgate/protocol'
import type { JournalEntry } from '../flash/contents.js'
import { resumeSelfTests } from './command/self-test.js'
import { updateEntry } from './command/journal.js'
import { connect } from './session/connect.js'
import { loadTrust } from './session/trust.js'
import { isErasing } from './state.js'
import { nextErrand } from './till/next.js'
import type { Turn } from './turn.js'
import { resumeErasure } from './unbind/erase.js'
import { releaseEntry, releaseOffline } from './unbind/release.js'

const idBytes = 16

const endEntry = (turn: Turn, entry: JournalEntry): void => {
  if (entry.state === 'preparing' || entry.state === 'prepared') {
    return releaseEntry(turn, entry, 'REBOOTED', 0)
  }
  if (entry.state === 'running' && entry.type !== commandTypeNumber('SelfTest')) {
    turn.write([updateEntry(entry, { state: 'interrupted' }).change])
  }
}

export const onBoot = (
  turn: Turn,
  chance: Uint8Array,
  identity: PrivateKeyHandle | undefined,
): void => {
  if (turn.state.boot !== undefined) return
  const { primitives, nowMs } = turn.world
  const { cells, areas } = turn.flash
  const bootId = primitives.hmacSha256(chance, ascii('boot id')).slice(0, idBytes)
  turn.set({
    boot: { bootId, secret: chance, draws: 0, atMs: nowMs },
    identity,
    trust: loadTrust(primitives, turn.flash),
    uplinkSeq: cells.uplinkReserved ?? 0,
  })
  turn.write([{ cell: 'bootCounter', value: (cells.bootCounter ?? 0) + 1 }])
  const resumesErasure = isErasing(turn.state)
  if (resumesErasure) resumeErasure(turn)
  for (const entry of areas.journal.values()) endEntry(turn, entry)
  releaseOffline(turn, 'REBOOTED', 0)
  resumeSelfTests(turn)
  turn.note({ what: 'booted', resumesErasure })
  connect(turn)
  nextErrand(turn)
}
