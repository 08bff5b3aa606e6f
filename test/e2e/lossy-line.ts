/**
 * A terminal's line on which a test decides what gets lost: packets on their way down, said by what is
 * in them, and messages on their way up. What is lost has left and never comes; the line itself stands.
 */
import type { Behaviour, Link, LinkEvents, LinkOptions, Transport } from '@tillgate/device-sim'
import { parseDownlink, parseEnvelope } from '@tillgate/protocol'
import type { Downlink, DownlinkKind, DownlinkMessage, UplinkKind } from '@tillgate/protocol'

export interface Packet {
  readonly kind: DownlinkKind
  readonly downlink: Downlink
  readonly body: Uint8Array
  readonly lost: boolean
}

/** Undefined where it is no downlink: rubbish, which the gateway never sends. */
const packetIn = (payload: Uint8Array): Omit<Packet, 'lost'> | undefined => {
  const envelope = parseEnvelope(payload)
  if (!envelope.ok) return undefined
  const { body } = envelope.value
  const downlink = parseDownlink(body)
  if (!downlink.ok) return undefined
  return { kind: downlink.value.message.kind, downlink: downlink.value, body }
}

export class LossyLine {
  /** Everything that was sent to the terminal, in order, the lost ones too. */
  readonly down: Packet[] = []
  /** What the terminal said. */
  readonly up: UplinkKind[] = []
  losesDown: (packet: Omit<Packet, 'lost'>) => boolean = () => false
  losesUp: (kind: UplinkKind) => boolean = () => false
  /** Somebody else may say anything on it. */
  isHostile = false
  /** Every signed or MACed envelope that it published, by what it says. */
  readonly envelopes: { readonly says: UplinkKind; readonly payload: Uint8Array }[] = []
  /** Of each connection. */
  readonly wills: Uint8Array[] = []
  #link: Link | undefined
  #lastToken = 1_000_000
  readonly #waiting = new Map<number, () => void>()

  readonly behaviour: Behaviour = {
    name: 'lossy-line',
    input: (input) => {
      if (input.kind !== 'packet') return [input]
      const packet = packetIn(input.payload)
      if (packet === undefined) {
        if (this.isHostile) return [input]
        throw new Error('the gateway sent what is no downlink')
      }
      const lost = this.losesDown(packet)
      this.down.push({ ...packet, lost })
      return lost ? [] : [input]
    },
    effects: (effects) =>
      effects.filter((effect) => {
        if (effect.kind !== 'publish') return true
        this.up.push(effect.says)
        this.envelopes.push({ says: effect.says, payload: effect.payload })
        return !this.losesUp(effect.says)
      }),
  }

  over(transport: Transport): Transport {
    return {
      connect: (options: LinkOptions, events: LinkEvents): Link => {
        this.wills.push(options.will)
        this.#link = transport.connect(options, {
          ...events,
          acknowledged: (token) => {
            this.#waiting.get(token)?.()
            if (!this.#waiting.delete(token)) events.acknowledged(token)
          },
        })
        return this.#link
      },
    }
  }

  /** Somebody says this in the terminal's place, over its own connection. Resolves with its PUBACK. */
  inject(payload: Uint8Array): Promise<void> {
    const token = (this.#lastToken += 1)
    return new Promise((resolve) => {
      this.#waiting.set(token, resolve)
      this.#link?.publish({ channel: 'up', qos: 1, payload, token })
    })
  }

  /** The line breaks; the terminal notices, and connects anew. */
  cut(): void {
    this.#link?.cut()
  }

  /** Messages of this kind that the gateway sent. */
  sent<K extends DownlinkKind>(
    kind: K,
  ): readonly (Packet & { readonly message: Extract<DownlinkMessage, { kind: K }> })[] {
    return this.down.flatMap((packet) => {
      const { message } = packet.downlink
      return message.kind === kind
        ? [{ ...packet, message: message as Extract<DownlinkMessage, { kind: K }> }]
        : []
    })
  }

  said(kind: UplinkKind): number {
    return this.up.filter((one) => one === kind).length
  }
}
