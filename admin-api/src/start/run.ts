/**
 * Starts a node with the API on it, says that it is ready, and stops it in order: the API first (it
 * answers what is in flight, which needs the node), then the node. A second signal stops at once.
 */
import type { ApiServices } from '../services.js'
import { openApiServer, type ApiServer } from '../server.js'
import { asJsonLine, asTable } from './announce.js'
import type { Config } from './config.js'
import { makeFirstToken } from './first-token.js'

/** What is needed of a node; `openNode` of the gateway makes one. */
export interface RunningNode {
  readonly services: ApiServices
  /** PEM, of Tillgate's CA. */
  readonly serverTls: { readonly key: string; readonly cert: string }
  readonly ports: { readonly mqtts: number; readonly wss: number }
  drain(): Promise<void>
  stop(): Promise<void>
}

export interface Running {
  /** First call: drain, then stop. Second call: stop at once. Resolves when all is closed. */
  end(): Promise<void>
}

const openApi = async (node: RunningNode, { api }: Config): Promise<ApiServer> => {
  try {
    const tls = api.tls ? { tls: node.serverTls } : {}
    return await openApiServer(node.services, { host: api.host, port: api.port, ...tls })
  } catch (error) {
    await node.stop()
    throw error
  }
}

const urlOf = ({ api, publicHosts }: Config, port: number): string =>
  `${api.tls ? 'https' : 'http'}://${publicHosts[0]}:${String(port)}`

const drainAll = async (node: RunningNode, server: ApiServer): Promise<void> => {
  await server.drain()
  await node.drain()
  await node.stop()
}

const stopAll = async (node: RunningNode, server: ApiServer): Promise<void> => {
  // Every step runs, whatever the one before it threw.
  const ends = await Promise.allSettled([server.stop(), node.stop()])
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

export const run = async (
  config: Config,
  open: (config: Config) => Promise<RunningNode>,
  print: (text: string) => void,
): Promise<Running> => {
  const node = await open(config)
  const server = await openApi(node, config)
  const adminToken = await makeFirstToken(node.services)
  const started = {
    apiUrl: urlOf(config, server.port),
    ports: { api: server.port, ...node.ports },
    dataFolder: config.dataFolder,
    ...(adminToken === undefined ? {} : { adminToken }),
  }
  print(config.json ? asJsonLine(started) : asTable(started))
  let ending: Promise<void> | undefined
  return {
    end: () => {
      ending = ending === undefined ? drainAll(node, server) : stopAll(node, server)
      return ending
    },
  }
}
