// An enrolled terminal that holds one spoiled conversation after the other with a real node, and compares
// what it is told with the judge's reading: at most what is right is acknowledged, what stood before the
// first spoiled byte always is, and who broke the protocol is shown the door.
import { parser } from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'
import type { Door, Stranger } from '../e2e/bare-client.js'
import { conversation, moments, onItsWay, type Conversation } from './conversations.js'
import { Judge } from './judge.js'
import { TlsLine, WssLine, type Line, type Tickets, type Way } from './lines.js'
import { oneOf, type Below } from './seed.js'
import { grammarOf, type Grammar, type Version } from './valid-packets.js'

export interface Tally {
  packets: number
  conversations: number
  acknowledged: number
}

/** Before CONNECT a connection bears little; after it, more. */
const weighted = [...moments, ...moments.slice(1), ...moments.slice(2)]
const patienceMs = 60_000
/** Each is a TLS record of its own. */
const singleBytesMax = 16

/** What the node says on one line, and when. */
class Ear {
  readonly packets: Packet[] = []
  isClosed = false
  #wake: (() => void) | undefined

  constructor(line: Line, version: Version) {
    const incoming = parser({ protocolVersion: version })
    incoming.on('packet', (packet) => this.packets.push(packet))
    incoming.on('error', (error: Error) => {
      throw error
    })
    line.hear((bytes) => {
      if (bytes === undefined) this.isClosed = true
      else incoming.parse(bytes)
      this.#wake?.()
    })
  }

  /** Which packets were acknowledged, and with what. */
  acknowledged(): readonly { readonly id: number; readonly code: number }[] {
    return this.packets.flatMap((packet) =>
      packet.cmd === 'puback' ? { id: packet.messageId ?? 0, code: packet.reasonCode ?? 0 } : [],
    )
  }

  async until(what: string, isSo: () => boolean): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`in vain for ${what}`)), patienceMs)
    })
    try {
      while (!isSo() && !this.isClosed) {
        await Promise.race([late, new Promise<void>((resolve) => (this.#wake = resolve))])
      }
    } finally {
      clearTimeout(timer)
    }
  }
}

export class HostileTerminal {
  readonly #door: Door
  readonly #stranger: Stranger
  readonly #way: Way
  readonly #tickets: Tickets
  readonly #below: Below
  readonly #grammar: Grammar

  constructor(
    about: { door: Door; stranger: Stranger; way: Way; version: Version },
    tickets: Tickets,
    below: Below,
  ) {
    this.#door = about.door
    this.#stranger = about.stranger
    this.#way = about.way
    this.#tickets = tickets
    this.#below = below
    this.#grammar = grammarOf(about.stranger.sn, about.version, below)
  }

  async spoil(packets: number, tally: Tally): Promise<void> {
    for (let sent = 0; sent < packets;) {
      const said = conversation(this.#grammar, oneOf(weighted, this.#below), this.#below, true)
      try {
        await this.#converse(said, tally)
      } catch (cause) {
        throw new Error(`${this.#stranger.sn} ${this.#way} ${said.story}`, { cause })
      }
      sent += said.spoiled.length
      tally.packets += said.spoiled.length
      tally.conversations += 1
    }
  }

  async #converse(said: Conversation, tally: Tally): Promise<void> {
    const socket = await this.#tickets.dial(this.#door, this.#way, this.#stranger)
    const line = this.#way === 'tls' ? new TlsLine(socket) : await WssLine.over(socket)
    const ear = new Ear(line, this.#grammar.version)
    const isPatient = this.#below(2) === 0
    if (isPatient && said.greeting.length > 0) await this.#greet(line, ear, said)
    const judge = this.#say(line, isPatient ? { ...said, greeting: Buffer.alloc(0) } : said, said)
    if (judge.over === undefined) line.end()
    await ear.until(`the end, after ${judge.over ?? 'goodbye'}`, () => false)
    this.#compare(ear, judge)
    if (isPatient && ear.acknowledged().length < said.due) {
      throw new Error('what stood before it was not acknowledged')
    }
    tally.acknowledged += ear.acknowledged().length
  }

  async #greet(line: Line, ear: Ear, said: Conversation): Promise<void> {
    line.send(said.greeting)
    await ear.until('its greeting', () => ear.acknowledged().length >= said.due)
    await ear.until('CONNACK', () => ear.packets.some(({ cmd }) => cmd === 'connack'))
    if (ear.isClosed) throw new Error('a right greeting was refused')
  }

  /** Says what is left of it, and answers who judges that which could be heard. */
  #say(line: Line, left: Conversation, whole: Conversation): Judge {
    const pieces = onItsWay(left, this.#below, singleBytesMax)
    if (!(line instanceof WssLine)) {
      for (const piece of pieces) line.send(piece)
      return whole.judge
    }
    const forbiddenAt = this.#below(3) === 0 ? this.#below(pieces.length + 1) : undefined
    const judge = new Judge(this.#stranger.sn)
    if (left.greeting.length === 0) judge.feed(whole.greeting)
    for (const [index, piece] of [...pieces, Buffer.alloc(0)].entries()) {
      if (index === forbiddenAt) {
        const kind = line.sendForbidden(this.#below)
        judge.over ??= `a frame that is forbidden: ${kind}`
      }
      if (piece.length === 0) continue
      judge.feed(piece)
      const isWhole = piece.length < 4 || this.#below(3) > 0
      if (isWhole) line.send(piece)
      else line.sendFragments(piece, 2 + this.#below(3))
    }
    return judge
  }

  /** Nothing here is an envelope, so nothing is acknowledged as if it were good. */
  #compare(ear: Ear, { justified, mayOpen }: Judge): void {
    const ids = justified.flatMap(({ packetId }) => packetId ?? [])
    const acknowledged = ear.acknowledged()
    const isPrefix = acknowledged.every(({ id }, index) => ids[index] === id)
    if (!isPrefix) throw new Error(`acknowledged ${JSON.stringify(acknowledged)} of ${String(ids)}`)
    const isGood = this.#grammar.version === 5 && acknowledged.some(({ code }) => code < 0x80)
    if (isGood) throw new Error('bytes that are no envelope were taken')
    const connack = ear.packets.find(({ cmd }) => cmd === 'connack')
    const isIn = connack?.cmd === 'connack' && (connack.reasonCode ?? connack.returnCode ?? 1) === 0
    if (isIn && !mayOpen) throw new Error('let in without a right CONNECT')
  }
}
