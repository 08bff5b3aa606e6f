// A well-behaved terminal beside a storm: it asks whether the node is there, and does what it is ordered.
// It must be served as if nobody else were; whatever it misses, fails.
import { encodeResult } from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'
import { BareClient, dial, opened } from '../e2e/bare-client.js'
import { pause, waitFor } from '../ground/index.js'
import { connectPacket, subscribeDown } from '../listener/raw-client.js'
import type { NodeProcess } from './node-process.js'
import type { Version } from './valid-packets.js'

const betweenMs = 100
/** How long a busy machine may take; what is missed never comes. */
const patienceMs = 60_000

const payload = encodeResult({
  type: 'SelfTest',
  keysOk: true,
  flashOk: true,
  clockOk: true,
  firmware: 'good-1',
})

export class GoodTerminal {
  pings = 0
  commands = 0
  readonly #node: NodeProcess
  readonly #client: BareClient
  #isOver = false
  #life: Promise<void> = Promise.resolve()

  private constructor(node: NodeProcess, client: BareClient) {
    this.#node = node
    this.#client = client
  }

  static async open(node: NodeProcess, sn: string, version: Version): Promise<GoodTerminal> {
    const stranger = await node.stranger(sn)
    const raw = await dial(node, stranger, { version })
    raw.patienceMs = patienceMs
    raw.send(connectPacket(stranger, version))
    await raw.next('connack')
    await subscribeDown(raw, sn)
    const client = new BareClient(stranger, raw, 0)
    await client.greet()
    const one = new GoodTerminal(node, client)
    one.#life = one.#live()
    one.#life.catch(() => undefined)
    return one
  }

  /** Until it is asked to go; rejects with what it missed. */
  async stop(): Promise<void> {
    this.#isOver = true
    await this.#life
    this.#client.end()
  }

  async #live(): Promise<void> {
    while (!this.#isOver) {
      this.#client.raw.send({ cmd: 'pingreq' })
      await this.#client.raw.next('pingresp')
      this.pings += 1
      await this.#obey()
      this.commands += 1
      await pause(betweenMs)
    }
  }

  async #obey(): Promise<void> {
    const { sn } = this.#client.stranger
    const uuid = await this.#node.ask('order', { sn })
    const { commandId, body } = await this.#command()
    const downlinkHash = nodePrimitives.sha256(body)
    const message = { kind: 'result', code: 0, payload, unknown: false } as const
    const said = this.#client.body({ message, commandId, downlinkHash })
    const reason = await this.#client.publish(this.#client.maced(said))
    if (reason !== 0) throw new Error(`${sn}: a good result was refused: ${String(reason)}`)
    const command = await this.#node.ask('command', { uuid })
    if (command?.state !== 'done')
      throw new Error(`${sn}: its command is ${String(command?.state)}`)
  }

  #command(): Promise<{ readonly commandId: Uint8Array; readonly body: Uint8Array }> {
    return waitFor(
      async () => {
        const { raw } = this.#client
        const packet = await raw.next('publish')
        raw.send({ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: 0 })
        const { message, body } = opened(new Uint8Array(Buffer.from(packet.payload)))
        return message.kind === 'command' ? { commandId: message.commandId, body } : undefined
      },
      { what: 'its command', timeoutMs: patienceMs },
    )
  }
}
