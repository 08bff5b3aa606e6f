// One conversation of a storm: as far as it goes right, then spoiled packets until nobody may be heard any
// more, and how the bytes are cut on their way. Drawn from chance alone; it opens nothing.
import { Judge } from './judge.js'
import { mutant } from './mutators.js'
import { bytesOf, oneOf, type Below } from './seed.js'
import type { Grammar } from './valid-packets.js'

export const moments = ['before CONNECT', 'before SUBSCRIBE', 'after SUBSCRIBE'] as const
export type Moment = (typeof moments)[number]

export interface Conversation {
  readonly moment: Moment
  /** The right part; empty before CONNECT. */
  readonly greeting: Buffer
  readonly spoiled: readonly Buffer[]
  /** What must be acknowledged, whatever comes after it. */
  readonly due: number
  /** Of the whole of it. */
  readonly judge: Judge
  readonly story: string
}

const spoiledMax = 12
/** How often one that would end the conversation is drawn anew, where it shall be long. */
const redrawsMax = 6
const publishesMax = 4

const greetingOf = (grammar: Grammar, moment: Moment, below: Below): Buffer => {
  if (moment === 'before CONNECT') return Buffer.alloc(0)
  const parts = [grammar.connect]
  if (moment === 'after SUBSCRIBE') {
    parts.push(grammar.subscribe)
    for (let count = below(publishesMax); count > 0; count -= 1) {
      parts.push(grammar.publish(100 + count, bytesOf(below(40), below)))
    }
  }
  return Buffer.concat(parts)
}

/** `isLong`: most of it can be borne, so that one connection sees many spoiled packets. */
export const conversation = (
  grammar: Grammar,
  moment: Moment,
  below: Below,
  isLong = false,
): Conversation => {
  const judge = new Judge(grammar.sn)
  const greeting = greetingOf(grammar, moment, below)
  judge.feed(greeting)
  const due = judge.justified.length
  const spoiled: Buffer[] = []
  const stories: string[] = []
  while (spoiled.length < spoiledMax && judge.over === undefined) {
    let { bytes, story } = mutant(grammar, below)
    for (let redraws = isLong ? below(redrawsMax) : 0; redraws > 0; redraws -= 1) {
      if (!judge.wouldEnd(bytes)) break
      ;({ bytes, story } = mutant(grammar, below))
    }
    judge.feed(bytes)
    spoiled.push(bytes)
    stories.push(story)
    // What announces more than it brings swallows the rest; not for ever.
    if (below(spoiledMax) === 0) break
  }
  return { moment, greeting, spoiled, due, judge, story: `${moment}: ${stories.join('; ')}` }
}

type Cut = (bytes: Buffer, below: Below, singleBytesMax: number) => readonly Buffer[]

const cuts: readonly Cut[] = [
  (bytes) => [bytes],
  // Byte by byte at the head: what a long payload does there is said by its first bytes.
  (bytes, _below, singleBytesMax) => [
    ...Array.from(bytes.subarray(0, singleBytesMax), (byte) => Buffer.from([byte])),
    bytes.subarray(singleBytesMax),
  ],
  (bytes, below) => {
    const pieces: Buffer[] = []
    for (let at = 0; at < bytes.length;) {
      const end = at + 1 + below(bytes.length)
      pieces.push(bytes.subarray(at, end))
      at = end
    }
    return pieces
  },
]

/** The conversation on its way: some packets coalesced, some in pieces. */
export const onItsWay = (
  { greeting, spoiled }: Pick<Conversation, 'greeting' | 'spoiled'>,
  below: Below,
  singleBytesMax: number,
): readonly Buffer[] => {
  const cut = oneOf(cuts, below)
  const packets = [greeting, ...spoiled]
  const coalesced = below(2) === 0 ? [Buffer.concat(packets)] : packets
  return coalesced
    .flatMap((bytes) => cut(bytes, below, singleBytesMax))
    .filter((piece) => piece.length > 0)
}
