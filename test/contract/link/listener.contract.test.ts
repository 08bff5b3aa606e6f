// The embedded listener, with a terminal's own socket at the other end.
import { openHarness } from '../../listener/harness.js'
import { rawClient, subscribeDown } from '../../listener/raw-client.js'
import { linkContract, type LinkOnTrial } from './link.contract.js'

linkContract('listener', async (): Promise<LinkOnTrial> => {
  const harness = await openHarness()
  const { handler, listener, sn } = harness
  handler.holdsUplinks = true
  const client = await rawClient(harness, 5)
  await subscribeDown(client, sn)
  const uplinks = handler.uplinks
  return {
    sn,
    heard: () =>
      uplinks.map(({ session, channel, payload, answer, fail }) => ({
        sn: session.sn,
        channel,
        payload,
        answer: (ok: boolean) => answer(ok ? { ok } : { ok, code: 'MALFORMED' }),
        fail,
      })),
    publish(messageId, channel, payload) {
      const shape = { cmd: 'publish', qos: 1, dup: false, retain: false } as const
      const topic = `tg/1/${sn}/${channel}`
      client.send({ ...shape, topic, messageId, payload: Buffer.from(payload) })
    },
    acknowledged: () =>
      client.packets.flatMap((packet) => (packet.cmd === 'puback' ? [packet.messageId ?? 0] : [])),
    arrived: () =>
      client.packets.flatMap((packet) =>
        packet.cmd === 'publish'
          ? [
              {
                payload: new Uint8Array(Buffer.from(packet.payload)),
                qos: packet.qos,
                retain: packet.retain,
              },
            ]
          : [],
      ),
    send: (payload) => handler.sessions.get(sn)?.send(payload) ?? 'closed',
    hasParted: () => client.isClosed,
    stop: () => listener.stop(),
  }
})
