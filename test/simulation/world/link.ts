/** What stands between the terminals of a world and its nodes: our own listener, or somebody's broker. */
import type { BrokerHandler, Core, CorePorts, LinkHandler } from '@tillgate/gateway'
import type { Transport } from '@tillgate/device-sim'

import type { Made } from './factory.js'

/** What a link is asked to tell of: the content is read by whoever wants to know. */
export interface Traffic {
  sent(sn: string, envelope: Uint8Array): void
  arrived(sn: string, arrival: number, envelope: Uint8Array): void
  acknowledged(sn: string, arrival: number, refusal: string | undefined): void
}

/** What may stand between a link and the core, for a mutant. */
export interface Between {
  readonly handler?: (own: LinkHandler) => LinkHandler
  readonly brokerHandler?: (own: BrokerHandler) => BrokerHandler
}

/** One life of a node at the link. */
export interface NodeEnd {
  /** Of a node whose terminals come over a broker. */
  readonly brokered?: NonNullable<CorePorts['brokered']>
  serve(core: Core): void
  /** The node's process is gone, and with it its ends of all lines. */
  died(): void
}

/** Bad luck that comes by itself, as often as this. */
export interface Peril {
  readonly name: string
  readonly perMinute: number
  happens(): void
}

export interface WorldLink {
  transportOf(made: Made): Transport
  /** A line that stands breaks; false where none does. */
  breakOne(sn: string): boolean
  nodeEnd(nodeName: string): NodeEnd
  readonly perils: readonly Peril[]
  /** Whatever it has done, from here on it keeps its promises. */
  calmDown(): void
  /** All that it has ever heard, once more; how long it takes, in ms. */
  sayAgain(): number
}
