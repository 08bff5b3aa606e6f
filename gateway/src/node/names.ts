/** The public hosts of a node as the server certificate names them and as terminals are told. */
import { isIP } from 'node:net'

import type { NodeConfig } from './config.js'
import type { Endpoint, ServerNames } from '../pki/index.js'

export interface NodePorts {
  readonly mqtts: number
  readonly wss: number
}

/** Whatever else it is called, a node answers on its own machine. */
const loopbackNames = ['localhost']
const loopbackAddresses = ['127.0.0.1', '::1']

/** What a given certificate must name: where terminals are told to connect, if they connect here. */
export const wantedNames = ({
  link = 'listener',
  publicHosts,
}: Pick<NodeConfig, 'link' | 'publicHosts'>) => ({
  hosts: publicHosts,
  mustName: link === 'listener' ? ('first' as const) : ('any' as const),
})

export const serverNames = (publicHosts: readonly string[]): ServerNames => ({
  names: [...new Set([...publicHosts.filter((host) => isIP(host) === 0), ...loopbackNames])],
  addresses: [
    ...new Set([...publicHosts.filter((host) => isIP(host) !== 0), ...loopbackAddresses]),
  ],
})

const inUrl = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host)

export const endpointOf = (host: string, ports: NodePorts): Endpoint => ({
  mqtts: `mqtts://${inUrl(host)}:${String(ports.mqtts)}`,
  wss: `wss://${inUrl(host)}:${String(ports.wss)}/mqtt`,
})
