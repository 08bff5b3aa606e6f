/**
 * A TCP balancer as stands in front of several nodes: each connection goes to the next node in turn, past
 * those that refuse it. It looks into nothing, and keeps no connection alive whose other side is gone.
 */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

export interface Balancer {
  readonly port: number
  stop(): Promise<void>
}

const host = '127.0.0.1'

/** Both ends go together. */
const join = (a: Socket, b: Socket): void => {
  a.pipe(b)
  b.pipe(a)
  a.on('close', () => b.destroy())
  b.on('close', () => a.destroy())
}

/** The first of these ports that takes the connection; undefined where none does. */
const reach = async (ports: readonly number[]): Promise<Socket | undefined> => {
  for (const port of ports) {
    const socket = await new Promise<Socket | undefined>((resolve) => {
      const trial = connect({ host, port, noDelay: true })
      trial.once('connect', () => resolve(trial))
      trial.once('error', () => resolve(undefined))
    })
    if (socket !== undefined) return socket
  }
  return undefined
}

/** `backends` is asked anew at each connection. */
export const startBalancer = async (backends: () => readonly number[]): Promise<Balancer> => {
  const open = new Set<Socket>()
  let turn = 0
  const server: Server = createServer({ noDelay: true, pauseOnConnect: true }, (client) => {
    open.add(client)
    client.once('close', () => open.delete(client))
    client.on('error', () => undefined)
    const ports = backends()
    const first = (turn += 1) % Math.max(1, ports.length)
    void reach([...ports.slice(first), ...ports.slice(0, first)]).then((node) => {
      if (node === undefined || client.destroyed) {
        node?.destroy()
        client.destroy()
        return
      }
      node.on('error', () => undefined)
      join(client, node)
      client.resume()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
