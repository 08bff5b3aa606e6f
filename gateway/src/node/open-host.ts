/** The host adapter that the configuration names. */
import { createHttpsHost } from '../adapters/host/https/https-host.js'
import { createRecorderHost } from '../adapters/host/recorder/recorder-host.js'
import type { Host } from '../core/ports/host.js'
import type { Timers } from '../core/ports/system.js'
import type { NodeConfig } from './config.js'
import type { Opened } from './opened.js'

export const openHost = (config: NodeConfig, timers: Timers, opened: Opened): Host => {
  const { hostAdapter } = config
  if (hostAdapter.kind === 'recorder') return createRecorderHost()
  const host = createHttpsHost({
    baseUrl: hostAdapter.url,
    token: hostAdapter.token,
    caPem: hostAdapter.caPem,
    timers,
  })
  opened.add(() => host.close())
  return host
}
