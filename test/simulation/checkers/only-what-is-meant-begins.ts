/**
 * What a terminal begins was meant for it as it is: for its epochs, above every sequence that it has
 * acted on, within its time, a destructive one for this session; and a Bind never while an erasure is
 * open (rule 8). The sequence of whatever stands in the journal is durable with it.
 */
import {
  changesBindingEpoch,
  equalBytes,
  isDestructive,
  toHex,
  type Command,
} from '@tillgate/protocol'
import { trustedNow, type JournalEntry, type TerminalState } from '@tillgate/device-sim'

import type { Checker } from './checker.js'
import { downlinkIn } from './reading.js'

const begun: ReadonlySet<JournalEntry['state']> = new Set<JournalEntry['state']>([
  'running',
  'preparing',
  'done',
])

const commandIn = (payload: Uint8Array): Command | undefined => {
  const message = downlinkIn(payload)?.value.message
  return message?.kind === 'command' ? message : undefined
}

/** This very step has begun it: it was not there, or it may run again. */
const begins = (before: TerminalState, after: TerminalState, { commandId }: Command): boolean => {
  const id = toHex(commandId)
  const was = before.flash.areas.journal.get(id)
  const is = after.flash.areas.journal.get(id)
  const mayBegin = was === undefined || was.state === 'refused' || was.state === 'released'
  return mayBegin && is !== undefined && begun.has(is.state)
}

/** What speaks against it, in words. */
const objections = (state: TerminalState, command: Command, nowMs: number): readonly string[] => {
  const { cells } = state.flash
  const { asset = 0, binding = 0 } = cells.epochs ?? {}
  const { type, bindingEpoch, assetEpoch, notAfterMs, sessionNonce } = command
  const isRebound = changesBindingEpoch(type)
  const fits = isRebound ? bindingEpoch > binding : bindingEpoch === binding
  const time = trustedNow(state, nowMs)
  const { nonce } = state.session
  const isOfSession =
    nonce !== undefined && sessionNonce !== undefined && equalBytes(nonce, sessionNonce)
  return [
    assetEpoch === asset && fits ? '' : `of epoch ${String(bindingEpoch)} in ${String(binding)}`,
    time !== undefined && time > notAfterMs ? 'after its time' : '',
    isDestructive(type) && !isOfSession ? 'of another session' : '',
    isRebound && cells.erasure !== undefined ? 'while an erasure is open' : '',
  ].filter((objection) => objection !== '')
}

export const onlyWhatIsMeantBegins: Checker = {
  name: 'only-what-is-meant-begins',
  rule: 'a terminal begins only what was made for its epochs, its session, and now',
  begin: (say) => {
    /** The highest sequence that each terminal's flash holds, and that its journal has acted on. */
    const stored = new Map<string, number>()
    const actedOn = new Map<string, number>()
    return {
      seen(what) {
        if (what.what === 'flashed') {
          const { sn, changes } = what
          for (const change of changes) {
            if ('cell' in change && change.cell === 'sequence') stored.set(sn, change.value ?? 0)
          }
          for (const change of changes) {
            if (!('area' in change) || change.area !== 'journal' || change.value === undefined)
              continue
            const { seq } = change.value
            if (seq > (stored.get(sn) ?? 0)) say(`${sn} acts on a sequence that it has not stored`)
            actedOn.set(sn, Math.max(seq, actedOn.get(sn) ?? 0))
          }
        }
        if (what.what !== 'stepped' || what.input.kind !== 'packet') return
        const { sn, before, after, nowMs } = what
        if (before.flash.areas.journal === after.flash.areas.journal) return
        const command = commandIn(what.input.payload)
        if (command === undefined || !begins(before, after, command)) return
        for (const objection of objections(before, command, nowMs)) {
          say(`${sn} begins a command ${objection}`)
        }
        if (command.seq <= (actedOn.get(sn) ?? 0)) say(`${sn} begins a command of an old sequence`)
      },
    }
  },
}
