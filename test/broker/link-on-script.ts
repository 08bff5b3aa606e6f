// The broker link with a handler that answers when the test says so, at a broker that the test plays.
import { openBroker, systemClock, systemEntropy, systemTimers } from '@tillgate/gateway'
import type { Broker, BrokerLimits } from '@tillgate/gateway'
import type { Heard } from '../contract/link/link.contract.js'
import { freePort, waitFor } from '../ground/index.js'
import { ScriptedBroker, type Client } from './scripted-broker.js'

export interface LinkOnScript {
  readonly link: Broker
  readonly broker: ScriptedBroker
  readonly heard: Heard[]
  readonly told: string[]
  /** The one subscriber that there is, where there is one. */
  subscriber(): Client
  stop(): Promise<void>
}

const quiet = (): void => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }

export const openLinkOnScript = async (
  limits: Partial<BrokerLimits> = {},
): Promise<LinkOnScript> => {
  const broker = new ScriptedBroker('script')
  const port = await freePort()
  await broker.listen(port)
  const link = openBroker({
    server: { url: `mqtt://127.0.0.1:${String(port)}` },
    nodeName: 'script',
    limits: { subscribers: 1, publishers: 1, reconnectMsMin: 10, reconnectMsMax: 50, ...limits },
    clock: systemClock,
    timers: systemTimers,
    entropy: systemEntropy,
    log,
    endOfTurn: setImmediate,
  })
  const heard: Heard[] = []
  const told: string[] = []
  await link.start({
    uplink: (sn, channel, payload) =>
      new Promise((resolve, reject) => {
        heard.push({
          sn,
          channel,
          payload,
          answer: (ok) => resolve(ok ? { ok } : { ok, code: 'MALFORMED' }),
          fail: () => reject(new Error('the disk is full')),
        })
      }),
    resumed: () => void told.push('resumed'),
    leaving: () => void told.push('leaving'),
  })
  await waitFor(() => link.health().ok, { what: 'the link to be well' })
  return {
    link,
    broker,
    heard,
    told,
    subscriber() {
      const [one] = broker.subscribers
      if (one === undefined) throw new Error('nobody is subscribed')
      return one
    },
    async stop() {
      await link.stop()
      await broker.stop()
    },
  }
}
