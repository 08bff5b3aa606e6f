/**
 * The environment, parsed once into a frozen Config; past this file nobody reads a variable. What is
 * wrong is said with the variable's name. Secrets may come from a file (`…_FILE`), never as arguments.
 */
import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import envSchema from 'env-schema'
import Type from 'typebox'
import type { Static } from 'typebox'

const sealingKeyBytes = 32
const port = (normal: number) => Type.Integer({ minimum: 0, maximum: 65_535, default: normal })

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
  TILLGATE_SEALING_KEY: Type.Optional(Type.String()),
  TILLGATE_SEALING_KEY_FILE: Type.Optional(Type.String()),
  TILLGATE_HOST_URL: Type.Optional(Type.String({ pattern: '^https://' })),
  TILLGATE_HOST_TOKEN: Type.Optional(Type.String()),
  TILLGATE_HOST_TOKEN_FILE: Type.Optional(Type.String()),
  TILLGATE_HOST_CA_FILE: Type.Optional(Type.String()),
})

type Variables = Static<typeof variables>
export type Environment = Readonly<Record<string, string | undefined>>
export type LogLevel = Variables['TILLGATE_LOG']

export type HostConfig =
  | { readonly kind: 'recorder' }
  | { readonly kind: 'https'; readonly url: string; readonly token: string; readonly caPem: string }

export interface Config {
  readonly dataFolder: string
  readonly logLevel: LogLevel
  /** Print one JSON line for scripts in place of the table for people. */
  readonly json: boolean
  readonly api: { readonly host: string; readonly port: number; readonly tls: boolean }
  readonly listener: {
    readonly host: string
    readonly mqttsPort: number
    readonly wssPort: number
  }
  /** Names and addresses in the server certificate; terminals are told the first. */
  readonly publicHosts: readonly [string, ...string[]]
  readonly sealingKey?: Uint8Array
  readonly hostAdapter: HostConfig
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

const readText = (variable: string, path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason = (error as { code?: string }).code ?? 'unreadable'
    throw new ConfigError(variable, `names a file that can't be read (${reason})`)
  }
}

type SecretName = 'TILLGATE_SEALING_KEY' | 'TILLGATE_HOST_TOKEN'

const secretOf = (set: Variables, name: SecretName): string | undefined => {
  const file = set[`${name}_FILE`]
  if (file === undefined) return set[name]
  if (set[name] !== undefined) throw new ConfigError(name, `and ${name}_FILE exclude each other`)
  return readText(`${name}_FILE`, file).trim()
}

const sealingKeyOf = (set: Variables): { readonly sealingKey?: Uint8Array } => {
  const text = secretOf(set, 'TILLGATE_SEALING_KEY')
  if (text === undefined) return {}
  const key = Buffer.from(text, /^[0-9a-fA-F]{64}$/.test(text) ? 'hex' : 'base64')
  if (key.length !== sealingKeyBytes) {
    throw new ConfigError('TILLGATE_SEALING_KEY', 'must be 32 bytes in hex or base64')
  }
  return { sealingKey: new Uint8Array(key) }
}

const hostOf = (set: Variables): HostConfig => {
  const url = set.TILLGATE_HOST_URL
  if (url === undefined) return { kind: 'recorder' }
  if (!URL.canParse(url)) throw new ConfigError('TILLGATE_HOST_URL', 'must be a URL')
  const token = secretOf(set, 'TILLGATE_HOST_TOKEN')
  if (token === undefined) {
    throw new ConfigError('TILLGATE_HOST_TOKEN', 'is required where TILLGATE_HOST_URL is set')
  }
  const caFile = set.TILLGATE_HOST_CA_FILE
  if (caFile === undefined) {
    throw new ConfigError('TILLGATE_HOST_CA_FILE', 'is required where TILLGATE_HOST_URL is set')
  }
  return { kind: 'https', url, token, caPem: readText('TILLGATE_HOST_CA_FILE', caFile) }
}

const publicHostsOf = (set: Variables): readonly [string, ...string[]] => {
  const names = set.TILLGATE_PUBLIC_HOST.split(',').map((name) => name.trim())
  if (!names.every((name) => /^[A-Za-z0-9.:-]{1,253}$/.test(name))) {
    throw new ConfigError('TILLGATE_PUBLIC_HOST', 'must be host names or addresses with commas')
  }
  const [first = 'localhost', ...others] = names
  return [first, ...others]
}

export const readConfig = (environment: Environment): Config => {
  const set = readVariables(environment)
  return Object.freeze({
    dataFolder: set.TILLGATE_DATA,
    logLevel: set.TILLGATE_LOG,
    json: set.TILLGATE_JSON === '1',
    api: {
      host: set.TILLGATE_API_HOST,
      port: set.TILLGATE_API_PORT,
      tls: set.TILLGATE_API_TLS === 'on',
    },
    listener: {
      host: set.TILLGATE_LISTEN_HOST,
      mqttsPort: set.TILLGATE_MQTTS_PORT,
      wssPort: set.TILLGATE_WSS_PORT,
    },
    publicHosts: publicHostsOf(set),
    ...sealingKeyOf(set),
    hostAdapter: hostOf(set),
  })
}
