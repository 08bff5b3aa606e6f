// A simulated host on free ports, with the machine's time and chance, and clients for it.
import { PlainTill, createHostClient, startHost } from '@tillgate/device-sim'
import { systemClock, systemEntropy, systemTimers } from '@tillgate/device-sim'
import type { HostClient, HostClientOptions, HostOptions, RunningHost } from '@tillgate/device-sim'
import { nodePrimitives } from '@tillgate/protocol/node'

export const startTestHost = (
  folder: string,
  more: Partial<HostOptions> = {},
): Promise<RunningHost> =>
  startHost({
    folder,
    clock: systemClock,
    timers: systemTimers,
    entropy: systemEntropy,
    crypto: nodePrimitives,
    ...more,
  })

type Reachable = Pick<RunningHost, 'tlsPort' | 'certificatePem'>

export const clientOf = (
  { tlsPort, certificatePem }: Reachable,
  more: Partial<HostClientOptions> = {},
): HostClient =>
  createHostClient({
    host: '127.0.0.1',
    port: tlsPort,
    certificatePem,
    timers: systemTimers,
    ...more,
  })

export const nameOf = (i: number) => ({
  acquirerCode: '48020000',
  mid: '898310148160568',
  tid: String(i).padStart(8, '0'),
})

export const tillOf = (
  i: number,
  { manufactureKey }: Pick<RunningHost, 'manufactureKey'>,
  port: HostClient,
): PlainTill =>
  new PlainTill({
    name: nameOf(i),
    sn: `SN-${String(i)}`,
    port,
    crypto: nodePrimitives,
    manufactureKey,
    clock: systemClock,
  })
