// A dead wire that keeps what was written to it, and reads it as a client would: with mqtt-packet.
import { parser } from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'
import { DeadWire } from '../listener/dead-wire.js'

export class HearingWire extends DeadWire {
  readonly #written: Buffer[] = []

  override write(bytes: Uint8Array, flushed: () => void): void {
    this.#written.push(Buffer.from(bytes))
    super.write(bytes, flushed)
  }

  heard(version: 4 | 5): readonly Packet[] {
    const packets: Packet[] = []
    const incoming = parser({ protocolVersion: version })
    incoming.on('packet', (packet) => packets.push(packet))
    incoming.on('error', (error: Error) => {
      throw error
    })
    incoming.parse(Buffer.concat(this.#written))
    return packets
  }
}
