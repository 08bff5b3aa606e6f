/**
 * The uplinks of one connection between their arrival and their PUBACK: answered in any order,
 * acknowledged in the order in which they came ([MQTT-4.6.0-2]).
 */
interface UnderWay {
  readonly packetId: number
  isAnswered: boolean
}

export interface Arrival {
  /** The handler has answered; what may be acknowledged now, in order. */
  answered(): readonly number[]
}

export class UplinkOrder {
  #underWay: UnderWay[] = []

  get size(): number {
    return this.#underWay.length
  }

  arrive(packetId: number): Arrival {
    const entry: UnderWay = { packetId, isAnswered: false }
    this.#underWay.push(entry)
    return {
      answered: () => {
        entry.isAnswered = true
        const open = this.#underWay.findIndex(({ isAnswered }) => !isAnswered)
        const count = open === -1 ? this.#underWay.length : open
        if (count === 0) return []
        const done = this.#underWay.slice(0, count)
        this.#underWay = this.#underWay.slice(count)
        return done.map(({ packetId: id }) => id)
      },
    }
  }
}
