/**
 * Live events as a part of the API: takes upgraded connections, finds out who they are for, and hands
 * them to the sockets. `begin` says where a caller wants to start and what may be seen there.
 */
import { WebSocket } from 'ws'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { EventFilter } from '@tillgate/gateway'

import { identify, requireScope, type Caller, type GateParts } from '../auth/gate.js'
import type { LiveLimits } from '../limits.js'
import { endings } from './endings.js'
import { LiveSockets, type LiveCounts } from './live-sockets.js'
import { TokenMessages } from './token-message.js'
import { addUpgrades } from './upgrades.js'

export interface Start {
  readonly after: number
  readonly filter: EventFilter
}

export interface LiveEvents {
  wanted(request: FastifyRequest): boolean
  /** Takes the connection over, or throws the problem that refuses it. */
  serve(request: FastifyRequest, reply: FastifyReply, start: () => Promise<Start>): Promise<void>
  counts(): LiveCounts & { readonly waiting: number }
  /** Sends all away with a code and their cursor. */
  drain(): Promise<void>
  cut(): void
}

declare module 'fastify' {
  interface FastifyInstance {
    live: LiveEvents
  }
}

const scope = 'events:read'

export const addLiveEvents = (
  app: FastifyInstance,
  parts: GateParts,
  limits: LiveLimits,
): LiveEvents => {
  const upgrades = addUpgrades(app, limits)
  const sockets = new LiveSockets(parts.services, limits)
  const tokens = new TokenMessages(parts.services, limits)

  const add = (socket: WebSocket, caller: Caller, start: Start): void => {
    // The client may have left while its token was looked up.
    if (socket.readyState !== WebSocket.OPEN) return
    sockets.assertRoom(caller.tokenId)
    sockets.add(socket, { caller, ...start })
  }

  const serveLater: LiveEvents['serve'] = (request, reply, start) => {
    const { ip } = request
    tokens.assertRoom(ip)
    upgrades.take(request, reply, (socket) =>
      tokens.await(socket, ip, async (token) => {
        const caller = await identify(parts, token, ip)
        requireScope(caller, scope)
        add(socket, caller, await start())
      }),
    )
    return Promise.resolve()
  }

  const live: LiveEvents = {
    wanted: (request) => upgrades.wanted(request),
    async serve(request, reply, start) {
      const { caller } = request
      if (caller === null) return serveLater(request, reply, start)
      const from = await start()
      sockets.assertRoom(caller.tokenId)
      upgrades.take(request, reply, (socket) => add(socket, caller, from))
    },
    counts: () => ({ ...sockets.counts(), waiting: tokens.waiting }),
    async drain() {
      tokens.sendAway(endings.draining)
      await sockets.sendAway(endings.draining)
    },
    cut() {
      tokens.cut()
      sockets.cut()
    },
  }
  app.decorate('live', live)
  // The server waits for its connections, upgraded ones among them.
  app.addHook('preClose', () => live.drain())
  return live
}
