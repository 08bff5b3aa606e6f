/**
 * The scene: a temporary folder, the acquirer's host, Tillgate in its own process, and merchants. Every
 * part leaves its evidence in the folder: records, host file, one flash file a terminal.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  startHost,
  systemClock,
  systemEntropy,
  systemTimers,
  type RunningHost,
} from '@tillgate/device-sim'
import { nodePrimitives } from '@tillgate/protocol/node'

import { ApiClient } from './api-client.js'
import type { StartTillgate, Tillgate } from './tillgate.js'

export interface Scene {
  readonly folder: string
  readonly flashFolder: string
  readonly hostFolder: string
  readonly host: RunningHost
  readonly tillgate: Tillgate
  readonly api: ApiClient
  readonly caPem: string
  end(keep: boolean): Promise<void>
}

export const openScene = async (seed: string, startTillgate: StartTillgate): Promise<Scene> => {
  const folder = await mkdtemp(join(tmpdir(), 'tillgate-demo-'))
  const [flashFolder, hostFolder] = [join(folder, 'flash'), join(folder, 'host')]
  await Promise.all([mkdir(flashFolder), mkdir(hostFolder)])
  const host = await startHost({
    folder: hostFolder,
    seed,
    clock: systemClock,
    timers: systemTimers,
    entropy: systemEntropy,
    crypto: nodePrimitives,
  })
  const caFile = join(folder, 'host-ca.pem')
  await writeFile(caFile, host.certificatePem)
  const url = `https://localhost:${String(host.httpsPort)}`
  const tillgate = await startTillgate(folder, { url, token: host.token, caFile })
  const { port, token } = { port: tillgate.ports.api, token: tillgate.adminToken }
  const stranger = new ApiClient({ port, token, caPem: undefined })
  const caPem = await stranger.get<string>('/ca.pem')
  stranger.close()
  const api = new ApiClient({ port, token, caPem })
  return {
    folder,
    flashFolder,
    hostFolder,
    host,
    tillgate,
    api,
    caPem,
    async end(keep) {
      api.close()
      await tillgate.stop()
      await host.stop()
      if (!keep) await rm(folder, { recursive: true, force: true })
    },
  }
}
