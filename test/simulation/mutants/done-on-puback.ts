/** That the terminal has the command is taken for its having done it. */
import { ownParts, type CoreParts, type LinkSession } from '@tillgate/gateway'
import {
  commandTypeNumbers,
  isDestructive,
  parseDownlink,
  parseEnvelope,
  type Command,
} from '@tillgate/protocol'

import { unheard } from './gateway-side.js'
import type { Mutant } from './mutant.js'

type Ports = Parameters<CoreParts['createLinkHandler']>[0]

const commandIn = (payload: Uint8Array): Command | undefined => {
  const envelope = parseEnvelope(payload)
  const downlink = envelope.ok ? parseDownlink(envelope.value.body) : undefined
  return downlink?.ok === true && downlink.value.message.kind === 'command'
    ? downlink.value.message
    : undefined
}

const recordDone = async (ports: Ports, link: LinkSession, command: Command): Promise<void> => {
  const lane = ports.sessions.ofLink(link)?.greeting?.lane
  if (lane === undefined) return
  const atMs = ports.clock.now()
  const recorded = await ports.records.submit('record-result', {
    terminalId: link.terminalId,
    fence: lane.fence,
    commandUuid: command.commandId,
    downlinkHash: null,
    evidence: null,
    deliveredAtMs: atMs,
    atMs,
    code: 0,
    payload: new Uint8Array(),
    interrupted: false,
  })
  if (!recorded.ok || !recorded.moved) return
  if (command.type === commandTypeNumbers.Bind) lane.bindingEpoch = command.bindingEpoch
  ports.nudgeLane(link.terminalId)
}

export const doneOnPuback: Mutant = {
  name: 'done-on-puback',
  plants: 'a harmless command is called done when its downlink is PUBACKed',
  breaks: 'I8: nothing is called done that was only told',
  replaced: {
    parts: {
      createLinkHandler: (ports) => {
        const own = ownParts.createLinkHandler(ports)
        const sending =
          (link: LinkSession): LinkSession['send'] =>
          (payload, delivered) => {
            const command = commandIn(payload)
            return link.send(payload, () => {
              delivered?.()
              if (command === undefined || isDestructive(command.type)) return
              unheard(recordDone(ports, link, command))
            })
          }
        return { ...own, opened: (link) => own.opened({ ...link, send: sending(link) }) }
      },
    },
  },
}
