/** The packets a terminal may send, as the session machine takes them: read, checked, owning their bytes. */

export type MqttVersion = 4 | 5

export interface Will {
  readonly topic: string
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
  readonly payload: Uint8Array
}

export interface Connect {
  readonly cmd: 'connect'
  readonly version: MqttVersion
  readonly clientId: string
  /** 0: switched off. */
  readonly keepAliveS: number
  readonly will: Will | undefined
  /** User name and password are read and ignored: the certificate has said who it is. */
  readonly sessionExpiryS: number
  readonly receiveMaximum: number
  readonly packetBytesMax: number
  readonly enhancedAuthentication: boolean
}

export interface Publish {
  readonly cmd: 'publish'
  readonly topic: string
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
  /** Undefined at QoS 0. */
  readonly packetId: number | undefined
  readonly aliased: boolean
  readonly payload: Uint8Array
}

export interface Puback {
  readonly cmd: 'puback'
  readonly packetId: number
  /** 0x00 on 3.1.1. */
  readonly reason: number
}

export interface SubscriptionRequest {
  readonly filter: string
  readonly qos: 0 | 1 | 2
}

export interface Subscribe {
  readonly cmd: 'subscribe'
  readonly packetId: number
  readonly requests: readonly SubscriptionRequest[]
  readonly identified: boolean
}

export interface Unsubscribe {
  readonly cmd: 'unsubscribe'
  readonly packetId: number
  readonly filters: readonly string[]
}

export interface Disconnect {
  readonly cmd: 'disconnect'
  /** 0x00 on 3.1.1. */
  readonly reason: number
  readonly sessionExpiryS: number | undefined
}

export type InboundPacket =
  Connect | Publish | Puback | Subscribe | Unsubscribe | Disconnect | { readonly cmd: 'pingreq' }
