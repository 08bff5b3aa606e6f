/** The host adapter that the configuration names. */
import { createHttpsHost } from '../adapters/host/https/https-host.js'
import { createRecorderHost } from '../adapters/host/recorder/recorder-host.js'
import type { Host } from '../core/ports/host.js'
import { createHostHook } from '../adapters/hooks/host-hook.js'
import type { NodeConfig } from './config.js'
import type { Machine } from './machine.js'
import type { Hooks } from './open-hooks.js'
import type { Opened } from './opened.js'

export const openHost = (
  { hostAdapter }: NodeConfig,
  { ids, timers }: Machine,
  hooks: Hooks,
  opened: Opened,
): Host => {
  if (hostAdapter.kind === 'recorder') return createRecorderHost()
  if (hostAdapter.kind === 'hook') return createHostHook(hooks.open('host', hostAdapter), ids)
  const host = createHttpsHost({
    baseUrl: hostAdapter.url,
    token: hostAdapter.token,
    caPem: hostAdapter.caPem,
    timers,
  })
  opened.add(() => host.close())
  return host
}
