// Who comes in and takes forever: silent sockets, half a TLS greeting, a CONNECT byte by byte. Each holds a
// place at the door until the node shows it out.
import { connect, type Socket } from 'node:net'
import { generate } from 'mqtt-packet'
import { dial, type Stranger } from '../e2e/bare-client.js'
import { connectOf } from '../listener/mutations.js'
import type { NodeProcess } from './node-process.js'

const betweenBytesMs = 500
/** A TLS record that announces a ClientHello of 512 bytes, and its first ones. */
const halfGreeting = Buffer.from('1603010200010001fc0303', 'hex')

export interface SlowLoris {
  readonly count: number
  closed(): number
  end(): void
}

const silent = async (port: number, first: Buffer): Promise<Socket> => {
  const socket = connect({ host: '127.0.0.1', port })
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('connect', resolve))
  if (first.length > 0) socket.write(first)
  socket.resume()
  return socket
}

/** Five of each kind. */
export const openSlowLoris = async (node: NodeProcess, stranger: Stranger): Promise<SlowLoris> => {
  const { mqtts, wss } = node.node.ports
  const sockets: Socket[] = []
  const timers: NodeJS.Timeout[] = []
  for (let count = 0; count < 5; count += 1) {
    sockets.push(await silent(mqtts, Buffer.alloc(0)), await silent(wss, halfGreeting))
    const { socket } = await dial(node, stranger)
    const packet = generate(connectOf(stranger.sn, 5), { protocolVersion: 5 })
    let at = 0
    const drip = (): void => {
      if (socket.writable && at < packet.length - 1) socket.write(packet.subarray(at, (at += 1)))
    }
    timers.push(setInterval(drip, betweenBytesMs))
    sockets.push(socket)
  }
  let closed = 0
  for (const socket of sockets) socket.once('close', () => (closed += 1))
  return {
    count: sockets.length,
    closed: () => closed,
    end: () => {
      for (const timer of timers) clearInterval(timer)
      for (const socket of sockets) socket.destroy()
    },
  }
}
