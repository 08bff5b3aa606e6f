/** The embedded link: our own listener, with the server certificate and ticket key of the PKI. */
import { openListener, type Listener } from '../adapters/link/listener/open-listener.js'
import { atEndOfTurn } from '../adapters/system/index.js'
import type { Pki } from '../pki/index.js'
import type { NodeConfig } from './config.js'
import type { Machine } from './machine.js'

export const openLink = async (
  config: NodeConfig,
  pki: Pki,
  { clock, timers }: Machine,
): Promise<Listener> => {
  const tls = await pki.serverTls()
  const { host, mqttsPort, wssPort, limits } = config.listener
  return openListener({
    certificate: { key: tls.key, cert: tls.cert, ca: tls.clientCas },
    ticketKeys: await pki.ticketKey(),
    tls: { host, port: mqttsPort },
    wss: { host, port: wssPort },
    ...(limits === undefined ? {} : { limits }),
    clock,
    timers,
    log: config.log,
    endOfTurn: atEndOfTurn,
  })
}
