/**
 * Behind a broker, which reads, repeats and makes up what it likes and puts it on any topic: an uplink that
 * its topic's terminal has not said is refused, what the records take of a terminal it has said, a session
 * ends by its own will alone, and at a terminal nothing moves but alarms where a downlink was not sent to it
 * by the gateway. Our own listener makes nothing up: there is nothing to see there.
 */
import type { Effect, TerminalState } from '@tillgate/device-sim'
import { parseEnvelope, toHex } from '@tillgate/protocol'

import type { Committed } from '../observed.js'
import type { Checker } from './checker.js'
import { othersWords, snOf } from './ledger-model.js'
import { downlinkIn, uplinkIn } from './reading.js'

interface Told {
  readonly terminalId?: number
  readonly commandUuid?: Uint8Array
  readonly evidence?: Uint8Array | null
  readonly reason?: string
}

/** Whatever is made durable of an uplink, by the operation's name. */
const isReport = (name: string): boolean =>
  name === 'open-session' || (name.startsWith('record-') && !othersWords.has(name))

/** Everything of a terminal that a downlink may move, but for the alarm that it may raise. */
const standing = ({ flash, session, preparation, trust }: TerminalState): readonly unknown[] => [
  ...[flash.areas.journal, flash.areas.params, flash.areas.batch, flash.areas.offline],
  ...[flash.cells.sequence, flash.cells.epochs, flash.cells.lock, flash.cells.erasure],
  ...[session.nonce, session.open?.id, session.hello, preparation?.phase, trust],
]

const isMoved = (before: TerminalState, after: TerminalState): boolean => {
  const [was, is] = [standing(before), standing(after)]
  return was.some((one, i) => one !== is[i])
}

/**
 * Who has said what. A broker that repeats hands the same bytes on, which is seen at once; else it is the
 * body that counts: what a turned bit leaves authentic says the same.
 */
class Words {
  readonly #by = new WeakMap<Uint8Array, string>()
  readonly #bodies = new Set<string>()
  /** Looked into only where somebody asks. */
  #unread: (readonly [string, Uint8Array])[] = []

  add(sn: string, envelope: Uint8Array): void {
    if (this.#by.has(envelope)) return
    this.#by.set(envelope, sn)
    this.#unread.push([sn, envelope])
  }

  has(sn: string, envelope: Uint8Array): boolean {
    if (this.#by.get(envelope) === sn) return true
    for (const [who, one] of this.#unread) this.#bodies.add(nameOf(who, one))
    this.#unread = []
    return this.#bodies.has(nameOf(sn, envelope))
  }
}

const nameOf = (sn: string, envelope: Uint8Array): string => {
  const parsed = parseEnvelope(envelope)
  return `${sn} ${toHex(parsed.ok ? parsed.value.body : envelope)}`
}

const answers = (effect: Effect): boolean => effect.kind === 'publish' && effect.says !== 'alarm'

export const onlyTrueWordsCount: Checker = {
  name: 'only-true-words-count',
  rule: 'what a broker makes up, or puts on another topic, counts at neither end',
  begin: (say, { link, ledger }) => {
    if (link === 'listener') return {}
    const said = new Words()
    const sent = new Words()
    /** What each terminal has spoken about. */
    const subjects = new Set<string>()
    const willsHeard = new Set<string>()
    const untrue = new Set<number>()

    const keepWord = (sn: string, effect: Effect): void => {
      if (effect.kind === 'connect') said.add(sn, effect.will)
      if (effect.kind !== 'publish') return
      said.add(sn, effect.payload)
      if (effect.commandId !== undefined) subjects.add(`${sn} ${toHex(effect.commandId)}`)
    }

    const isTrue = (sn: string, { evidence, commandUuid }: Told): boolean =>
      evidence instanceof Uint8Array
        ? said.has(sn, evidence)
        : subjects.has(`${sn} ${toHex(commandUuid ?? new Uint8Array())}`)

    const onCommitted = ({ name, input, writes }: Committed): void => {
      if (writes.length === 0) return
      const told = input as Told
      const sn = snOf(told.terminalId ?? 0)
      if (isReport(name) && !isTrue(sn, told)) say(`${name}: ${sn} has never said that`)
      if (name !== 'end-session' || told.reason !== 'peer') return
      const nonce = toHex(
        ledger.terminals.get(told.terminalId ?? 0)?.sessionNonce ?? new Uint8Array(),
      )
      if (!willsHeard.has(`${sn} ${nonce}`)) say(`a session of ${sn} ends without its will`)
    }

    return {
      seen(what) {
        switch (what.what) {
          case 'committed':
            return onCommitted(what)
          case 'sent':
            sent.add(what.sn, what.envelope)
            return
          case 'arrived': {
            if (!said.has(what.sn, what.envelope)) {
              untrue.add(what.arrival)
              return
            }
            const message = uplinkIn(what.envelope)?.value.message
            if (message?.kind !== 'heartbeat' || !message.will) return
            willsHeard.add(`${what.sn} ${toHex(message.sessionNonce)}`)
            return
          }
          case 'acknowledged':
            if (untrue.delete(what.arrival) && what.refusal === undefined) {
              say(`an uplink that ${what.sn} has not said is taken for its own`)
            }
            return
          case 'stepped': {
            const { sn, input, before, after, effects } = what
            for (const effect of effects) keepWord(sn, effect)
            if (input.kind !== 'packet' || sent.has(sn, input.payload)) return
            const kind = downlinkIn(input.payload)?.value.message.kind ?? 'downlink'
            if (isMoved(before, after)) say(`${sn} is moved by a ${kind} that was not sent to it`)
            if (effects.some(answers)) say(`${sn} answers a ${kind} that was not sent to it`)
            return
          }
          default:
        }
      },
    }
  },
}
