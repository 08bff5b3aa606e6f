/**
 * I5: nothing that a terminal sent is acknowledged before it is durable. An uplink that was taken (PUBACK,
 * behind a broker the node's to the broker) has had its operation committed since it arrived; a Receipt names something whose operation has been
 * committed. What only counts while it is new may be acknowledged without a word in the records.
 */
import { toHex, uuidToText, type Uplink, type UplinkKind } from '@tillgate/protocol'

import type { Committed } from '../observed.js'
import type { Checker } from './checker.js'
import { downlinkIn, uplinkIn } from './reading.js'

/** Which operation makes an uplink durable; the others leave nothing behind by themselves. */
const operationOf: Readonly<Partial<Record<UplinkKind, Committed['name']>>> = {
  hello: 'open-session',
  ready: 'record-ready',
  released: 'record-released',
  refused: 'record-refused',
  result: 'record-result',
  status: 'record-status',
  proof: 'record-proof',
  alarm: 'raise-alarm',
}

interface About {
  readonly commandUuid?: Uint8Array
  readonly sessionNonce?: Uint8Array
  readonly evidence?: Uint8Array | null
}

/** What an operation's input shows of the uplink that led to it. */
const subjectOf = (name: Committed['name'], input: unknown): string => {
  const { commandUuid, sessionNonce, evidence } = input as About
  if (name === 'open-session') return `${name} ${toHex(sessionNonce ?? new Uint8Array())}`
  if (name === 'raise-alarm') return `${name} ${evidence ? toHex(evidence).slice(0, 200) : ''}`
  return `${name} ${commandUuid === undefined ? '' : uuidToText(commandUuid)}`
}

interface Heard {
  readonly subject: string
  /** Commits of it before it arrived. */
  readonly before: number
}

export const acknowledgedIsDurable: Checker = {
  name: 'acknowledged-is-durable',
  rule: 'I5: nothing that a terminal sent is acknowledged before it is durable',
  begin: (say) => {
    const commits = new Map<string, number>()
    const heard = new Map<number, Heard>()
    const subjects = new Map<string, string>()

    const subjectIn = (uplink: Uplink, envelope: Uint8Array): string | undefined => {
      const { message, commandId } = uplink
      const name = operationOf[message.kind]
      if (name === undefined) return undefined
      return message.kind === 'hello'
        ? subjectOf(name, { sessionNonce: message.sessionNonce })
        : subjectOf(name, { commandUuid: commandId, evidence: envelope })
    }

    /** What the terminal said that it sends, by the bytes that it sent: most need no parsing. */
    const meant = new WeakMap<Uint8Array, UplinkKind>()

    const onReceipt = (sn: string, envelope: Uint8Array): void => {
      const message = downlinkIn(envelope)?.value.message
      if (message?.kind !== 'receipt') return
      const subject = subjects.get(toHex(message.messageId))
      if (subject === undefined) say(`${sn} gets a Receipt for something that never arrived`)
      else if ((commits.get(subject) ?? 0) === 0) {
        say(`${sn} gets a Receipt before the commit of ${subject}`)
      }
    }

    return {
      seen(what) {
        switch (what.what) {
          case 'committed': {
            const subject = subjectOf(what.name, what.input)
            commits.set(subject, (commits.get(subject) ?? 0) + 1)
            return
          }
          case 'stepped': {
            for (const effect of what.effects) {
              if (effect.kind === 'publish') meant.set(effect.payload, effect.says)
            }
            return
          }
          case 'arrived': {
            // What no terminal has published is nobody's word, and refused: another rule sees to that.
            const says = meant.get(what.envelope)
            if (says === undefined || operationOf[says] === undefined) return
            const uplink = uplinkIn(what.envelope)?.value
            const subject = uplink === undefined ? undefined : subjectIn(uplink, what.envelope)
            if (uplink === undefined || subject === undefined) return
            heard.set(what.arrival, { subject, before: commits.get(subject) ?? 0 })
            subjects.set(toHex(uplink.messageId), subject)
            return
          }
          case 'acknowledged': {
            const one = heard.get(what.arrival)
            heard.delete(what.arrival)
            if (one === undefined || what.refusal !== undefined) return
            if ((commits.get(one.subject) ?? 0) === one.before) {
              say(`${what.sn} gets its PUBACK before the commit of ${one.subject}`)
            }
            return
          }
          case 'sent':
            return onReceipt(what.sn, what.envelope)
          default:
        }
      },
    }
  },
}
