/** Opens and closes a listening socket, for both of the host's ports. */
import type { Server, Socket } from 'node:net'

export interface ListeningPort {
  readonly port: number
  readonly connections: () => number
  /** Takes no new connection, cuts those that are there. */
  close(): Promise<void>
}

export interface ListenOptions {
  readonly bindAddress: string
  /** 0: any free one. */
  readonly port: number
}

const closing = (server: Server, sockets: ReadonlySet<Socket>) => (): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })

export const listen = (
  server: Server,
  sockets: ReadonlySet<Socket>,
  { bindAddress, port }: ListenOptions,
): Promise<ListeningPort> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, bindAddress, () => {
      server.off('error', reject)
      const address = server.address()
      if (address === null || typeof address === 'string') {
        reject(new Error('host: no port'))
        return
      }
      resolve({
        port: address.port,
        connections: () => sockets.size,
        close: closing(server, sockets),
      })
    })
  })
