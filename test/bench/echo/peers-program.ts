/** The raw ping-pong's peers, in the generator's place: each answers so many bytes with so many. */
import { once } from 'node:events'
import { connect, createSecureContext, type TLSSocket } from 'node:tls'

import { concurrently } from '../../demo/concurrently.js'
import { serve } from '../processes/serve.js'
import { cpuSeconds } from '../processes/usage.js'
import type { EchoPeersCalls } from './calls.js'

const dialsAtATime = 50

const sockets: TLSSocket[] = []
let downBytes = 1
let answer = Buffer.alloc(1)

const dialOne = async (port: number, secureContext: ReturnType<typeof createSecureContext>) => {
  const socket = connect({ host: '127.0.0.1', servername: 'localhost', port, secureContext })
  socket.setNoDelay(true)
  let got = 0
  socket.on('data', (chunk: Buffer) => {
    got += chunk.length
    if (got < downBytes) return
    got = 0
    socket.write(answer)
  })
  await once(socket, 'secureConnect')
  socket.on('error', () => undefined)
  sockets.push(socket)
}

const hangUp = (): void => {
  for (const socket of sockets.splice(0)) socket.destroy()
}

const calls: EchoPeersCalls = {
  async dial({ port, count, caPem, key, cert }) {
    const context = createSecureContext({ key, cert, ca: caPem, minVersion: 'TLSv1.3' })
    await concurrently(Array.from({ length: count }), dialsAtATime, () => dialOne(port, context))
  },
  sizes(sizes) {
    downBytes = sizes.downBytes
    answer = Buffer.alloc(sizes.upBytes, 2)
  },
  hangUp,
  cpuSeconds,
}

serve(calls, hangUp)
