/** The transport that a URL asks for: `mqtts://host:port` or `wss://host:port/mqtt`. */
import type { Timers } from '../system/system.js'
import { hostOf, portOf } from './address.js'
import { createTlsTransport, type TlsTransport } from './tls-transport.js'
import { createWsTransport } from './ws-transport.js'

export interface TransportChoice {
  readonly url: string
  readonly timers: Timers
  readonly version?: 4 | 5
  readonly keepAliveS?: number
  readonly ca?: string
  readonly resume?: boolean
}

const mqttsPort = 8883

export const openTransport = (choice: TransportChoice): TlsTransport => {
  const url = new URL(choice.url)
  if (url.protocol === 'wss:') return createWsTransport(choice)
  if (url.protocol !== 'mqtts:') throw new TypeError(`no transport for ${url.protocol}`)
  return createTlsTransport({ ...choice, host: hostOf(url), port: portOf(url, mqttsPort) })
}
