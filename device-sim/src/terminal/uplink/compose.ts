/**
 * An uplink's body. Its sequence rises over the terminal's whole life: numbers are reserved in the
 * flash in blocks, and a reboot begins above the block. Its id is boot id and sequence, so it never
 * repeats either.
 */
import { concat, encodeUplink, u64be, type UplinkMessage } from '@tillgate/protocol'
import { bootOf } from '../chance.js'
import { terminalLimits } from '../limits.js'
import type { Turn } from '../turn.js'

/** What the uplink is about: the command, and the body of it that the terminal answers for. */
export interface About {
  readonly commandId: Uint8Array | undefined
  readonly downlinkHash: Uint8Array | undefined
}

export const aboutNothing: About = { commandId: undefined, downlinkHash: undefined }

export interface Composed {
  readonly body: Uint8Array
  readonly messageId: Uint8Array
}

const bootIdPart = 8

/** Above everything the gateway has seen, should the flash have been set back. */
export const raiseUplinkSeq = (turn: Turn, atLeast: number): void => {
  if (atLeast > turn.state.uplinkSeq) turn.set({ uplinkSeq: atLeast })
}

const nextSeq = (turn: Turn): number => {
  const uplinkSeq = turn.state.uplinkSeq + 1
  turn.set({ uplinkSeq })
  if (uplinkSeq > (turn.flash.cells.uplinkReserved ?? 0)) {
    turn.write([{ cell: 'uplinkReserved', value: uplinkSeq + terminalLimits.uplinkBlock }])
  }
  return uplinkSeq
}

export const compose = (turn: Turn, message: UplinkMessage, about: About): Composed => {
  const { bootId } = bootOf(turn)
  const uplinkSeq = nextSeq(turn)
  const messageId = concat(bootId.slice(0, bootIdPart), u64be(uplinkSeq))
  const { sn } = turn.state
  return { messageId, body: encodeUplink({ sn, messageId, bootId, uplinkSeq, ...about, message }) }
}
