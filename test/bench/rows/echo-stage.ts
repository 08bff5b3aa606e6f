/** The raw ping-pong's two processes, with as many sockets under the gateway's own server certificate. */
import type { EchoPeersCalls, EchoRun, EchoServerCalls } from '../echo/calls.js'
import type { LoadFigures, OpenedGateway } from '../gateway/calls.js'
import { Child } from '../processes/child.js'
import type { Bench } from './row.js'

const serverProgram = new URL('../echo/server-program.js', import.meta.url)
const peersProgram = new URL('../echo/peers-program.js', import.meta.url)

export interface EchoFigures extends LoadFigures {
  readonly peersCpuSeconds: number
}

export class EchoStage {
  readonly server: Child<EchoServerCalls>
  readonly peers: Child<EchoPeersCalls>
  #port = 0

  constructor({ profileFolder }: Bench) {
    this.server = new Child({ program: serverProgram, profileFolder })
    this.peers = new Child({ program: peersProgram, profileFolder })
  }

  /** `count` sockets stand; nothing is said yet. */
  async open(gateway: OpenedGateway, count: number): Promise<void> {
    this.#port = await this.server.call('open', gateway.serverTls)
    await this.more(gateway, count)
  }

  /** So many sockets more. */
  async more({ serverTls, caPem }: OpenedGateway, count: number): Promise<void> {
    await this.peers.call('dial', { port: this.#port, count, caPem, ...serverTls })
  }

  async run(run: EchoRun): Promise<EchoFigures> {
    await this.peers.call('sizes', run)
    const before = await this.peers.call('cpuSeconds')
    const figures = await this.server.call('run', run)
    const after = await this.peers.call('cpuSeconds')
    return { ...figures, peersCpuSeconds: after - before }
  }

  async end(): Promise<void> {
    await this.peers.end()
    await this.server.end()
  }
}
