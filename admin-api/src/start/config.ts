/**
 * The environment, parsed once into a frozen Config; past this file nobody reads a variable. What is
 * wrong is said with the variable's name. Secrets may come from a file (`…_FILE`), never as arguments.
 */
import { readFileSync } from 'node:fs'
import envSchema from 'env-schema'
import Type from 'typebox'
import type { Static } from 'typebox'
import type { LogLevel, NodeConfig } from '@tillgate/gateway'

import { isLoopback } from '../server.js'

const port = (normal: number) => Type.Integer({ minimum: 0, maximum: 65_535, default: normal })
const path = Type.Optional(Type.String({ minLength: 1 }))
const secret = Type.Optional(Type.String({ minLength: 1 }))

const variables = Type.Object({
  TILLGATE_DATA: Type.String({ minLength: 1, default: './data' }),
  TILLGATE_LOG: Type.Enum(['debug', 'info', 'warn', 'error', 'silent'], { default: 'info' }),
  TILLGATE_JSON: Type.Enum(['0', '1'], { default: '0' }),
  TILLGATE_API_HOST: Type.String({ minLength: 1, default: '0.0.0.0' }),
  TILLGATE_API_PORT: port(8443),
  TILLGATE_API_TLS: Type.Enum(['on', 'off'], { default: 'on' }),
  TILLGATE_LISTEN_HOST: Type.String({ minLength: 1, default: '0.0.0.0' }),
  TILLGATE_MQTTS_PORT: port(8883),
  TILLGATE_WSS_PORT: port(8884),
  TILLGATE_PUBLIC_HOST: Type.String({ minLength: 1, default: 'localhost' }),
  TILLGATE_DRAIN_SECONDS: Type.Integer({ minimum: 0, maximum: 3_600, default: 25 }),
  TILLGATE_HEARTBEAT_SECONDS: Type.Optional(Type.Integer({ minimum: 5, maximum: 86_400 })),
  TILLGATE_SEALING_KEY: secret,
  TILLGATE_SEALING_KEY_FILE: path,
  TILLGATE_VENDOR_CA_FILE: path,
  TILLGATE_HOST_URL: Type.Optional(Type.String({ pattern: '^https://' })),
  TILLGATE_HOST_TOKEN: secret,
  TILLGATE_HOST_TOKEN_FILE: path,
  TILLGATE_HOST_CA_FILE: path,
})

type Variables = Static<typeof variables>
export type Environment = Readonly<Record<string, string | undefined>>

export interface Config {
  readonly logLevel: LogLevel
  /** Print one JSON line for scripts in place of the table for people. */
  readonly json: boolean
  /** How long an end may take before it cuts what is left. */
  readonly drainMs: number
  readonly api: { readonly host: string; readonly port: number; readonly tls: boolean }
  /** All that a node is opened with but its log. */
  readonly node: Omit<NodeConfig, 'log'>
}

/** What the operator set wrongly. The message names the variable and never its value. */
export class ConfigError extends Error {
  constructor(variable: string, rule: string) {
    super(`${variable} ${rule}`)
    this.name = 'ConfigError'
  }
}

interface AjvFault {
  readonly instancePath: string
  readonly message?: string
  readonly params: { readonly allowedValues?: readonly string[] }
}

const explained = (error: unknown): unknown => {
  const [fault] = (error as { errors?: readonly AjvFault[] }).errors ?? []
  if (fault === undefined) return error
  const allowed = fault.params.allowedValues?.join(', ')
  const rule = allowed === undefined ? (fault.message ?? 'is wrong') : `must be one of ${allowed}`
  return new ConfigError(fault.instancePath.slice(1), rule)
}

const readVariables = (environment: Environment): Variables => {
  try {
    return envSchema<Variables>({ schema: variables, data: { ...environment }, env: false })
  } catch (error) {
    throw explained(error)
  }
}

const readText = (variable: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const reason = (error as { code?: string }).code ?? 'unreadable'
    throw new ConfigError(variable, `names a file that can't be read (${reason})`)
  }
}

const hostTokenOf = (set: Variables): string => {
  const { TILLGATE_HOST_TOKEN: given, TILLGATE_HOST_TOKEN_FILE: file } = set
  if (given !== undefined && file !== undefined) {
    throw new ConfigError('TILLGATE_HOST_TOKEN', 'and TILLGATE_HOST_TOKEN_FILE exclude each other')
  }
  const token = file === undefined ? given : readText('TILLGATE_HOST_TOKEN_FILE', file).trim()
  if (token !== undefined && token !== '') return token
  throw new ConfigError('TILLGATE_HOST_TOKEN', 'is required where TILLGATE_HOST_URL is set')
}

const hostOf = (set: Variables): NodeConfig['hostAdapter'] => {
  const { TILLGATE_HOST_URL: url, TILLGATE_HOST_CA_FILE: caFile } = set
  if (url === undefined) return { kind: 'recorder' }
  if (!URL.canParse(url)) throw new ConfigError('TILLGATE_HOST_URL', 'must be a URL')
  return {
    kind: 'https',
    url,
    token: hostTokenOf(set),
    ...(caFile === undefined ? {} : { caPem: readText('TILLGATE_HOST_CA_FILE', caFile) }),
  }
}

const publicHostsOf = (set: Variables): readonly [string, ...string[]] => {
  const names = set.TILLGATE_PUBLIC_HOST.split(',').map((name) => name.trim())
  if (!names.every((name) => /^[A-Za-z0-9.:-]{1,253}$/.test(name))) {
    throw new ConfigError('TILLGATE_PUBLIC_HOST', 'must be host names or addresses with commas')
  }
  const [first = 'localhost', ...others] = names
  return [first, ...others]
}

const nodeOf = (set: Variables): Config['node'] => {
  const { TILLGATE_SEALING_KEY: key, TILLGATE_SEALING_KEY_FILE: keyFile } = set
  const { TILLGATE_VENDOR_CA_FILE: vendorCaFile, TILLGATE_HEARTBEAT_SECONDS: heartbeatS } = set
  if (key !== undefined && keyFile !== undefined) {
    throw new ConfigError(
      'TILLGATE_SEALING_KEY',
      'and TILLGATE_SEALING_KEY_FILE exclude each other',
    )
  }
  return Object.freeze({
    dataFolder: set.TILLGATE_DATA,
    listener: Object.freeze({
      host: set.TILLGATE_LISTEN_HOST,
      mqttsPort: set.TILLGATE_MQTTS_PORT,
      wssPort: set.TILLGATE_WSS_PORT,
    }),
    publicHosts: publicHostsOf(set),
    hostAdapter: Object.freeze(hostOf(set)),
    ...(key === undefined ? {} : { sealingKey: key }),
    ...(keyFile === undefined ? {} : { sealingKeyFile: keyFile }),
    ...(heartbeatS === undefined ? {} : { heartbeatS }),
    ...(vendorCaFile === undefined
      ? {}
      : { vendorCas: certificatesIn(readText('TILLGATE_VENDOR_CA_FILE', vendorCaFile)) }),
  })
}

/** A bundle, one certificate after another. */
const certificatesIn = (pem: string): readonly string[] => {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g)
  if (found !== null) return found
  throw new ConfigError('TILLGATE_VENDOR_CA_FILE', 'must hold certificates in PEM')
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
      host: set.TILLGATE_API_HOST,
      port: set.TILLGATE_API_PORT,
      tls: set.TILLGATE_API_TLS === 'on',
    }),
    node: nodeOf(set),
  })
}
