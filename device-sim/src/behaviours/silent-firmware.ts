/**
 * Firmware that does not know a command and says nothing at all about it, not even when it is asked:
 * its MQTT client acknowledges the packet, and that is the end of it. Nothing may take that PUBACK
 * for more than a delivery.
 */
import { commandTypeName, toHex } from '@tillgate/protocol'
import type { LinkEvents, LinkOptions, Transport } from '../transport/transport.js'
import type { Behaviour } from './behaviour.js'
import { olderProfile, type OldFirmware } from './old-firmware.js'
import { messageIn } from './peek.js'

/** As many commands as a terminal's journal remembers. */
const idsMax = 64

export const silentFirmware = (options: OldFirmware): Behaviour => {
  const unknown = new Set<string>()
  const isUnknown = (payload: Uint8Array): boolean => {
    const message = messageIn(payload)
    if (message?.kind === 'query' || message?.kind === 'abort') {
      return unknown.has(toHex(message.commandId))
    }
    if (message?.kind !== 'command') return false
    const name = commandTypeName(message.type)
    if (name !== undefined && !options.lacks.includes(name)) return false
    const [oldest] = unknown
    if (unknown.size >= idsMax && oldest !== undefined) unknown.delete(oldest)
    unknown.add(toHex(message.commandId))
    return true
  }
  const over = (transport: Transport): Transport => ({
    connect: (link: LinkOptions, events: LinkEvents) => {
      const made = transport.connect(link, {
        ...events,
        packet: (payload, token) => {
          if (isUnknown(payload)) made.puback(token)
          else events.packet(payload, token)
        },
      })
      return made
    },
  })
  return {
    name: 'silent-firmware',
    profile: (profile) => olderProfile(profile, options),
    transport: over,
  }
}
