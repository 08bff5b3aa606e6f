/**
 * Envelopes that nobody said. Some are damage, the others are what somebody would make who reads all that
 * passes and knows the protocol: bodies under another's authentication, known bodies changed and signed by a
 * stranger or by a terminal that conspires, words of his own about commands and sessions that exist.
 */
import type { Prng } from '@tillgate/device-sim'
import {
  encodeDownlink,
  encodeEnvelope,
  encodeUplink,
  kidOf,
  macBody,
  parseDownlink,
  parseEnvelope,
  parseUplink,
  signBody,
  type Envelope,
  type Uplink,
  type UplinkMessage,
} from '@tillgate/protocol'

import { simulatedKey, simulatedPrimitives } from '../crypto.js'
import { madeTerminals } from '../factory.js'
import type { Passed } from './passed.js'

const p = simulatedPrimitives
const idBytes = 16
const hashBytes = 32
const stranger = 'a stranger'
/** Far above what the terminal has said. */
const aheadMax = 5_000

interface Known {
  readonly envelope: Envelope
  readonly uplink: Uplink
}

const uplinkOf = (payload: Uint8Array): Known | undefined => {
  const envelope = parseEnvelope(payload)
  const uplink = envelope.ok ? parseUplink(envelope.value.body) : undefined
  return envelope.ok && uplink?.ok === true
    ? { envelope: envelope.value, uplink: uplink.value }
    : undefined
}

export class Forger {
  readonly #chance: Prng

  constructor(chance: Prng) {
    this.#chance = chance
  }

  /** Beside this message, on its topic. */
  forge(passed: Passed, remembered: readonly Passed[]): Passed {
    const make = this.#chance.pick([
      () => this.#bitTurned(passed.payload),
      () => this.#chance.bytes(this.#chance.between(0, 80)),
      () => this.#spliced(passed.payload, this.#chance.pick(remembered).payload),
      () => this.#inItsName(passed, remembered),
      () => this.#inItsName(passed, remembered),
    ])
    return { ...passed, payload: make() }
  }

  #bitTurned(payload: Uint8Array): Uint8Array {
    const forged = new Uint8Array(payload)
    const place = this.#chance.between(0, forged.length - 1)
    forged[place] = (forged[place] ?? 0) ^ (1 << this.#chance.between(0, 7))
    return forged
  }

  /** The body of the one, what authenticates the other. */
  #spliced(one: Uint8Array, other: Uint8Array): Uint8Array {
    const [body, auth] = [parseEnvelope(one), parseEnvelope(other)]
    return body.ok && auth.ok
      ? encodeEnvelope({ body: body.value.body, auth: auth.value.auth })
      : new Uint8Array(0)
  }

  #inItsName(passed: Passed, remembered: readonly Passed[]): Uint8Array {
    const { sn, channel } = passed
    if (channel === 'down') return this.#downlinkFor(sn, passed.payload)
    const known = uplinkOf(passed.payload)
    if (known === undefined) return new Uint8Array(0)
    const { uplink, envelope } = known
    const body = encodeUplink({
      ...uplink,
      sn,
      messageId: this.#chance.bytes(idBytes),
      uplinkSeq: uplink.uplinkSeq + this.#chance.between(1, aheadMax),
      ...this.#words(uplink, sn, { channel, remembered }),
    })
    const { auth } = envelope
    if (auth?.kind === 'mac' && this.#chance.chance(0.5)) {
      const ahead = auth.counter + this.#chance.between(1, aheadMax)
      return macBody(p, this.#chance.bytes(hashBytes), auth.sessionId, ahead, body)
    }
    return this.#signed(sn, body)
  }

  /** What it would like the gateway to believe. */
  #words(
    { message, commandId, downlinkHash }: Uplink,
    sn: string,
    heard: { readonly channel: 'up' | 'state'; readonly remembered: readonly Passed[] },
  ): Partial<Uplink> {
    if (message.kind === 'hello') {
      return { message: { ...message, sessionNonce: this.#chance.bytes(idBytes) } }
    }
    if (message.kind === 'heartbeat') return { message: { ...message, will: true } }
    const known = this.#commandOf(sn, heard.remembered)
    const aim =
      commandId === undefined || downlinkHash === undefined ? known : { commandId, downlinkHash }
    if (aim === undefined) return {}
    const ends: readonly UplinkMessage[] = [
      { kind: 'result', code: 1, payload: new Uint8Array(0), unknown: false },
      { kind: 'refused', code: 1, readyNonce: undefined, detail: '' },
    ]
    return { ...aim, message: this.#chance.pick([message, ...ends]) }
  }

  #commandOf(
    sn: string,
    remembered: readonly Passed[],
  ): Pick<Uplink, 'commandId' | 'downlinkHash'> | undefined {
    const downlinks = remembered.filter((one) => one.sn === sn && one.channel === 'down')
    for (const { payload } of downlinks.toReversed()) {
      const envelope = parseEnvelope(payload)
      const downlink = envelope.ok ? parseDownlink(envelope.value.body) : undefined
      if (!envelope.ok || downlink?.ok !== true) continue
      const { message } = downlink.value
      if (message.kind !== 'command') continue
      return { commandId: message.commandId, downlinkHash: p.sha256(envelope.value.body) }
    }
    return undefined
  }

  /** By a stranger or by a conspirator; under their own key's name, or under the terminal's. */
  #signed(sn: string, body: Uint8Array): Uint8Array {
    const others = madeTerminals.filter((one) => one.sn !== sn).map((one) => one.sn)
    const key = simulatedKey(this.#chance.pick([stranger, ...others]))
    const own = signBody(p, key, 'device', body)
    if (this.#chance.chance(0.5)) return own
    const { auth } = uplinkOf(own)?.envelope ?? {}
    if (auth?.kind !== 'signature') return own
    return encodeEnvelope({ body, auth: { ...auth, kid: kidOf(p, simulatedKey(sn).spki) } })
  }

  /** What was meant for somebody, for this terminal, under a key that is no signer's. */
  #downlinkFor(sn: string, payload: Uint8Array): Uint8Array {
    const envelope = parseEnvelope(payload)
    const downlink = envelope.ok ? parseDownlink(envelope.value.body) : undefined
    if (!envelope.ok || downlink?.ok !== true || downlink.value.message.kind === 'signerList') {
      return this.#bitTurned(payload)
    }
    const messageId = this.#chance.bytes(idBytes)
    const body = encodeDownlink({ ...downlink.value, sn, messageId })
    const key = simulatedKey(stranger)
    const forged = signBody(p, key, 'ordinary', body)
    const { auth } = envelope.value
    const opened = parseEnvelope(forged)
    if (!opened.ok || opened.value.auth?.kind !== 'signature' || auth?.kind !== 'signature') {
      return forged
    }
    const { kid } = auth
    return this.#chance.chance(0.5)
      ? forged
      : encodeEnvelope({ body, auth: { ...opened.value.auth, kid } })
  }
}
