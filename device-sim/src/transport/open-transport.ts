/** The transport that a URL asks for: `mqtts://host:port` or `wss://host:port/mqtt`. */
import type { Timers } from '../system/system.js'
import { createTlsTransport } from './tls-transport.js'
import type { Transport } from './transport.js'
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

export const openTransport = (choice: TransportChoice): Transport => {
  const url = new URL(choice.url)
  if (url.protocol === 'wss:') return createWsTransport(choice)
  if (url.protocol !== 'mqtts:') throw new TypeError(`no transport for ${url.protocol}`)
  // URL knows no default port for mqtts, and keeps the brackets of an IPv6 address.
  const port = url.port === '' ? mqttsPort : Number(url.port)
  return createTlsTransport({ ...choice, host: url.hostname.replace(/^\[|\]$/g, ''), port })
}
