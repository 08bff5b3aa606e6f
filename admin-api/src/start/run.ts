/**
 * Starts a node with the API on it, says that it is ready, and ends it in order: what is in flight is
 * answered, live sockets and terminals are sent away, the port is closed, then the node with its
 * records. All of that has a deadline; then, or when asked a second time, it stops at once.
 */
import type { GatewayNode } from '@tillgate/gateway'

import { openApiServer, type ApiServer } from '../server.js'
import { asJsonLine, asTable, type Started } from './announce.js'
import type { Config } from './config.js'
import { inviteFirstAdministrator } from './first-administrator.js'
import { makeFirstToken } from './first-token.js'

export interface Running {
  /** The first call drains, then stops; a second one stops at once. Resolves when all is closed. */
  end(): Promise<void>
  /** Reads the server certificate's files again; what is wrong with them is logged. */
  lookAgain(): Promise<void>
}

/** Every step runs, whatever the one before it threw. */
const closeAll = async (closers: readonly (() => Promise<void>)[]): Promise<void> => {
  const failures: unknown[] = []
  for (const close of closers) {
    try {
      await close()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'a part did not close')
}

const startedOn = async (
  node: GatewayNode,
  server: ApiServer,
  config: Config,
): Promise<Started> => {
  const { api, node: nodeConfig } = config
  // The last step of a start: a token made before a start that fails would be lost.
  const isFull = api.serves === 'full'
  const adminToken = isFull ? await makeFirstToken(node.services) : undefined
  const adminActivation = isFull ? await inviteFirstAdministrator(node.services) : undefined
  const scheme = api.tls ? 'https' : 'http'
  return {
    apiUrl: `${scheme}://${nodeConfig.publicHosts[0]}:${String(server.port)}`,
    ports: { api: server.port, ...node.ports },
    dataFolder: nodeConfig.dataFolder,
    ...(adminToken === undefined ? {} : { adminToken }),
    ...(adminActivation === undefined ? {} : { adminActivation }),
  }
}

export const run = async (
  config: Config,
  open: () => Promise<GatewayNode>,
  print: (text: string) => void,
): Promise<Running> => {
  const node = await open()
  let server: ApiServer | undefined
  try {
    const { serves, host, port, tls } = config.api
    server = await openApiServer(node.services, {
      serves,
      host,
      port,
      ...(tls ? { tls: node.serverTls } : {}),
    })
    const listening = server
    node.onServerTls((tlsPem) => listening.setTls(tlsPem))
    const started = await startedOn(node, server, config)
    print(config.json ? asJsonLine(started) : asTable(started))
    return endingWith(node, server, config.drainMs)
  } catch (error) {
    await server?.stop()
    await node.stop()
    throw error
  }
}

const endingWith = (node: GatewayNode, server: ApiServer, drainMs: number): Running => {
  const { timers, log } = node.services
  let ended: Promise<void> | undefined
  let hurry = (): void => undefined

  const drain = async (): Promise<void> => {
    await closeAll([() => server.drain(), () => node.drain(), () => server.close()])
    log.info('drained')
  }

  /** Resolves when it is time to stop, whatever is still under way. */
  const hurried = (): Promise<void> =>
    new Promise((resolve) => {
      const late = timers.after(drainMs, () => {
        log.warn('draining took too long, what is left is cut', { drainMs })
        resolve()
      })
      hurry = () => {
        late.cancel()
        resolve()
      }
    })

  const end = async (): Promise<void> => {
    const impatience = hurried()
    await closeAll([
      () => Promise.race([drain(), impatience]),
      () => server.stop(),
      () => node.stop(),
    ]).finally(hurry)
  }

  return {
    lookAgain: () => node.lookAgain(),
    end() {
      if (ended === undefined) ended = end()
      else hurry()
      return ended
    },
  }
}
