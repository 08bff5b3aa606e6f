/**
 * The line on which a behaviour stands: the link that is up now, to be broken or silenced. A broken
 * link is heard of at once; of a silent one nobody is told.
 */
import type { Link, LinkEvents, LinkOptions, Transport } from '../transport/transport.js'

export interface Line {
  over(transport: Transport): Transport
  /** The network goes; both ends notice. */
  cut(): void
  /** The network forgets the link; neither end notices before its keep-alive does. */
  silence(): void
}

export const createLine = (): Line => {
  let current: { cut(): void; silence(): void } | undefined
  const connect = (transport: Transport, options: LinkOptions, events: LinkEvents): Link => {
    let isOver = false
    const disconnected = (reason: string): void => {
      if (isOver) return
      isOver = true
      if (current === mine) current = undefined
      events.disconnected(reason)
    }
    const link = transport.connect(options, { ...events, disconnected })
    const mine = {
      cut: () => {
        link.cut()
        disconnected('the line broke')
      },
      silence: () => {
        if (link.silence === undefined) throw new TypeError('this transport cannot fall silent')
        link.silence()
      },
    }
    current = mine
    return link
  }
  return {
    over: (transport) => ({ connect: (options, events) => connect(transport, options, events) }),
    cut: () => current?.cut(),
    silence: () => current?.silence(),
  }
}
