/**
 * The scene: a temporary folder, the acquirer's host, its registry and SMS gate behind signed hooks, Tillgate in
 * its own process. Every part leaves its evidence in the folder: records, host file, what the hooks' receiver
 * got, one flash file a terminal.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  makeIdentity,
  startHost,
  systemClock,
  systemEntropy,
  systemTimers,
  type RunningHost,
} from '@tillgate/device-sim'
import { nodePrimitives } from '@tillgate/protocol/node'

import { HookReceiver, hookSecret } from '../hooks/receiver.js'
import { ApiClient } from './api-client.js'
import type { StartTillgate, Tillgate } from './tillgate.js'

export interface Scene {
  readonly folder: string
  readonly flashFolder: string
  readonly hostFolder: string
  readonly host: RunningHost
  /** The acquirer's registry and its SMS gate, behind signed hooks. */
  readonly receiver: HookReceiver
  readonly tillgate: Tillgate
  readonly api: ApiClient
  readonly caPem: string
  end(keep: boolean): Promise<void>
}

const startReceiver = async (folder: string): Promise<HookReceiver> => {
  const machine = { clock: systemClock, entropy: systemEntropy }
  const made = await makeIdentity({ ...machine, hostNames: ['localhost'] })
  const { certificatePem: cert, keyPem: key } = made
  return HookReceiver.start({ folder, identity: { key, cert, caPem: cert } })
}

/** Registry and notices go there. */
const hooksInto = async (
  { url, caPem }: HookReceiver,
  folder: string,
): Promise<Readonly<Record<string, string>>> => {
  const caFile = join(folder, 'hooks-ca.pem')
  await writeFile(caFile, caPem)
  const names = ['TILLGATE_REGISTRY_HOOK', 'TILLGATE_NOTICES_HOOK']
  return Object.fromEntries(
    names.flatMap((name) => [
      [`${name}_URL`, url],
      [`${name}_SECRET`, hookSecret()],
      [`${name}_CA_FILE`, caFile],
    ]),
  )
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
  const receiver = await startReceiver(folder)
  const url = `https://localhost:${String(host.httpsPort)}`
  const access = { url, token: host.token, caFile }
  const tillgate = await startTillgate(folder, access, await hooksInto(receiver, folder))
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
    receiver,
    tillgate,
    api,
    caPem,
    async end(keep) {
      api.close()
      await tillgate.stop()
      await host.stop()
      await receiver.goDown()
      if (!keep) await rm(folder, { recursive: true, force: true })
    },
  }
}
