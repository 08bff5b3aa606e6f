/**
 * The terminals behind somebody else's MQTT broker, as the core sees them: no connections and nobody's
 * identity, only topics. What comes in may be repeated, reordered, late or forged: its own authentication
 * alone says whose it is. The link never reads or writes the records, and acknowledges nothing to the
 * broker before the handler has answered (I5).
 */
import type { Channel, SendOutcome, UplinkOutcome } from './link.js'

export interface BrokerHandler {
  /**
   * Something was published to this serial number's topic, by whomever. Resolves once what it said is
   * durable, or was refused; only then is the broker told. Rejects when that can't be had: the broker is
   * then left to deliver it again.
   */
  uplink(sn: string, channel: Channel, payload: Uint8Array): Promise<UplinkOutcome>
  /** Connected anew: what was on its way to terminals may be lost. */
  resumed(): void
  /** Another node is to take over: nothing more is begun here. */
  leaving(): void
}

export interface Downlink {
  readonly sn: string
  readonly payload: Uint8Array
  /** Asked just before it leaves: false where it has been overtaken, and is dropped. */
  isMeant(): boolean
}

export interface BrokerHealth {
  readonly ok: boolean
  /** In plain words, where not ok. */
  readonly reasons: readonly string[]
}

export interface Broker {
  /** Called once. Resolves without waiting for a broker that is out of reach. */
  start(handler: BrokerHandler): Promise<void>
  /** QoS 1, not retained, with a message expiry. `full`: too much waits; `closed`: no broker. */
  publish(downlink: Downlink): SendOutcome
  health(): BrokerHealth
  /** What has happened since the start, by name. */
  counters(): ReadonlyMap<string, number>
  /** Takes no further uplink; resolves when those under way are acknowledged. */
  drain(): Promise<void>
  stop(): Promise<void>
}
