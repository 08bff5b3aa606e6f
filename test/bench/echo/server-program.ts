/**
 * The raw ping-pong's server, in the gateway's place: it sends a message of a downlink's size on a TLS
 * socket and waits until as much as an uplink has come back, so many sockets at a time. No protocol, no
 * records, no crypto but TLS: what Node's TLS sockets cost on this machine and no more.
 */
import type { AddressInfo } from 'node:net'
import { createServer, type Server, type TLSSocket } from 'node:tls'

import { serve } from '../processes/serve.js'
import { cpuSeconds, memory } from '../processes/usage.js'
import { percentile } from '../statistics.js'
import type { EchoRun, EchoServerCalls } from './calls.js'

interface Peer {
  readonly socket: TLSSocket
  got: number
  begunMs: number
}

const peers: Peer[] = []
let server: Server | undefined
let answered: ((peer: Peer) => void) | undefined
let upBytes = 0

const accept = (socket: TLSSocket): void => {
  const peer: Peer = { socket, got: 0, begunMs: 0 }
  peers.push(peer)
  socket.on('error', () => undefined)
  socket.on('data', (chunk: Buffer) => {
    peer.got += chunk.length
    if (peer.got < upBytes || answered === undefined) return
    peer.got = 0
    answered(peer)
  })
  socket.once('close', () => peers.splice(peers.indexOf(peer), 1))
}

const open = ({ key, cert }: { readonly key: string; readonly cert: string }): Promise<number> => {
  const made = createServer(
    {
      key,
      cert,
      requestCert: true,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
      noDelay: true,
    },
    accept,
  )
  server = made
  return new Promise((resolve) => {
    made.listen(0, '127.0.0.1', () => resolve((made.address() as AddressInfo).port))
  })
}

const run = async (asked: EchoRun) => {
  const message = Buffer.alloc(asked.downBytes, 1)
  upBytes = asked.upBytes
  const free = [...peers]
  const tookMs: number[] = []
  let begun = 0
  let next = 0
  const cpuBefore = cpuSeconds()
  const startedMs = performance.now()
  await new Promise<void>((resolve) => {
    const fill = (): void => {
      while (begun - tookMs.length < asked.inFlightMax && begun < asked.exchanges) {
        const peer = free[next]
        if (peer === undefined) break
        next += 1
        begun += 1
        peer.begunMs = performance.now()
        peer.socket.write(message)
      }
    }
    answered = (peer) => {
      tookMs.push(performance.now() - peer.begunMs)
      free.push(peer)
      if (tookMs.length === asked.exchanges) resolve()
      else fill()
    }
    fill()
  })
  answered = undefined
  return {
    seconds: (performance.now() - startedMs) / 1_000,
    p50Ms: percentile(tookMs, 0.5),
    p99Ms: percentile(tookMs, 0.99),
    cpuSeconds: cpuSeconds() - cpuBefore,
  }
}

const calls: EchoServerCalls = { open, count: () => peers.length, run, cpuSeconds, memory }

serve(calls, () => {
  server?.close()
  for (const { socket } of peers) socket.destroy()
})
