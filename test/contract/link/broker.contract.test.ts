// The link over a broker, with a broker at the other end that shows each acknowledgement it gets.
import { openLinkOnScript } from '../../broker/link-on-script.js'
import { linkContract, type LinkOnTrial } from './link.contract.js'

linkContract('over a broker', async (): Promise<LinkOnTrial> => {
  const { link, broker, heard, subscriber, stop } = await openLinkOnScript()
  const sn = 'SN-0001'
  const first = subscriber()
  /** The packet id that each number went out under. */
  const numbers = new Map<number, number>()
  const published = () => [...broker.clients].flatMap((client) => client.published)
  return {
    sn,
    heard: () => heard,
    publish(number, channel, payload) {
      subscriber().deliver({ topic: `tg/1/${sn}/${channel}`, payload: Buffer.from(payload) })
      numbers.set(first.sent.at(-1) ?? 0, number)
    },
    acknowledged: () => first.acknowledged.map((packetId) => numbers.get(packetId) ?? 0),
    arrived: () =>
      published().map(({ payload, qos, retain }) => ({
        payload: new Uint8Array(Buffer.from(payload)),
        qos,
        retain,
      })),
    send: (payload) => link.publish({ sn, payload, isMeant: () => true }),
    hasParted: () => first.socket.destroyed,
    stop,
  }
})
