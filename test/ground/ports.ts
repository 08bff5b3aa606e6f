// A free TCP port on the loopback. Prefer listening on port 0 and asking which port it became; this
// is for what must be told its port before it starts, such as a process of its own.
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

const given = new Set<number>()

const unusedPort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = await unusedPort()
    if (given.has(port)) continue
    given.add(port)
    return port
  }
}
