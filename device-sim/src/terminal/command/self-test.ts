/**
 * SelfTest: looks at keys, flash and clock. It takes its time, and changes nothing: one that a reboot
 * interrupted simply runs again.
 */
import {
  commandTypeNumber,
  encodeResult,
  type Command,
  type SelfTestResult,
} from '@tillgate/protocol'
import type { JournalEntry } from '../../flash/contents.js'
import { areKeysOk } from '../keys/slots.js'
import type { Turn } from '../turn.js'
import { send } from '../uplink/outbox.js'
import { runAtOnce } from './harmless.js'
import { aboutEntry, commandEntry, newEntry, storeSeq, updateEntry } from './journal.js'

const keysOk = (turn: Turn): boolean => {
  const { slots } = turn.flash.areas
  if (turn.state.goodSlots === slots) return true
  const isGood = areKeysOk(turn.world.primitives, turn.flash)
  if (isGood) turn.set({ goodSlots: slots })
  return isGood
}

const look = (turn: Turn): SelfTestResult => ({
  type: 'SelfTest',
  keysOk: keysOk(turn),
  flashOk: !turn.state.flashFull,
  clockOk: turn.state.clock !== undefined,
  firmware: turn.state.profile.firmware,
})

export const startSelfTest = (turn: Turn, command: Command, hash: Uint8Array): void => {
  const { selfTestMs, acceptedAfterMs } = turn.state.profile.timings
  if (selfTestMs <= 0) {
    return runAtOnce(turn, command, hash, { ok: true, changes: [], result: look(turn) })
  }
  const head = commandEntry(turn.world.primitives, command, hash)
  const { entry, changes } = newEntry(turn.flash, { ...head, state: 'running' })
  turn.write([...storeSeq(turn.flash, command.seq), ...changes])
  if (selfTestMs > acceptedAfterMs) send(turn, { kind: 'accepted' }, aboutEntry(entry))
  turn.sync()
  turn.start('self-test', selfTestMs)
}

const isRunning = (entry: JournalEntry): boolean =>
  entry.state === 'running' && entry.type === commandTypeNumber('SelfTest')

/** Several may have come meanwhile; one look answers them all. */
export const onSelfTestTimer = (turn: Turn): void => {
  const running = [...turn.flash.areas.journal.values()].filter(isRunning)
  const result = encodeResult(look(turn))
  const done = running.map((entry) => updateEntry(entry, { state: 'done', result }))
  turn.write(done.map(({ change }) => change))
  for (const { entry } of done) {
    const message = { kind: 'result', code: 0, payload: result, unknown: false } as const
    send(turn, message, aboutEntry(entry))
  }
}

export const resumeSelfTests = (turn: Turn): void => {
  const isAny = [...turn.flash.areas.journal.values()].some(isRunning)
  if (isAny) turn.start('self-test', turn.state.profile.timings.selfTestMs)
}
