/** The environment, parsed once into a frozen Config; past this folder nobody reads a variable. */
import type { LogLevel, NodeConfig } from '@tillgate/gateway'

import { isLoopback } from '../server.js'
import { nodeConfigOf } from './node-config.js'
import { ConfigError, readVariables, type Environment, type Variables } from './variables.js'

export { ConfigError, type Environment }

export interface Config {
  readonly logLevel: LogLevel
  /** Print one JSON line for scripts in place of the table for people. */
  readonly json: boolean
  /** How long an end may take before it cuts what is left. */
  readonly drainMs: number
  readonly api: {
    /** `health`: only how the node is, and its metrics. */
    readonly serves: 'full' | 'health'
    readonly host: string
    readonly port: number
    readonly tls: boolean
  }
  /** All that a node is opened with but its log. */
  readonly node: Omit<NodeConfig, 'log'>
}

const checkPlainHttp = (set: Variables): void => {
  if (set.TILLGATE_API_TLS === 'on' || isLoopback(set.TILLGATE_API_HOST)) return
  throw new ConfigError(
    'TILLGATE_API_TLS',
    'may be off only where TILLGATE_API_HOST is a loopback address: tokens travel there',
  )
}

export const readConfig = (environment: Environment): Config => {
  const set = readVariables(environment)
  checkPlainHttp(set)
  return Object.freeze({
    logLevel: set.TILLGATE_LOG,
    json: set.TILLGATE_JSON === '1',
    drainMs: set.TILLGATE_DRAIN_SECONDS * 1_000,
    api: Object.freeze({
      serves: set.TILLGATE_API,
      host: set.TILLGATE_API_HOST,
      port: set.TILLGATE_API_PORT,
      tls: set.TILLGATE_API_TLS === 'on',
    }),
    node: nodeConfigOf(set),
  })
}
