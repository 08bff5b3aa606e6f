/**
 * The environment variables, their types and what stands where nothing is said. What is wrong is said
 * with the variable's name and never with its value.
 */
import envSchema from 'env-schema'
import Type from 'typebox'
import type { Static } from 'typebox'

const port = (normal: number) => Type.Integer({ minimum: 0, maximum: 65_535, default: normal })
const publicPort = Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 }))
const path = Type.Optional(Type.String({ minLength: 1 }))
const secret = Type.Optional(Type.String({ minLength: 1 }))
const hookUrl = Type.Optional(Type.String({ pattern: '^https://' }))

const variables = Type.Object({
  TILLGATE_NODE_NAME: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$' })),
  TILLGATE_DATA: Type.String({ minLength: 1, default: './data' }),
  TILLGATE_DATABASE_URL: secret,
  TILLGATE_DATABASE_URL_FILE: path,
  TILLGATE_REDIS_URL: secret,
  TILLGATE_REDIS_URL_FILE: path,
  TILLGATE_LOG: Type.Enum(['debug', 'info', 'warn', 'error', 'silent'], { default: 'info' }),
  TILLGATE_JSON: Type.Enum(['0', '1'], { default: '0' }),
  TILLGATE_API: Type.Enum(['full', 'health'], { default: 'full' }),
  TILLGATE_API_HOST: Type.String({ minLength: 1, default: '0.0.0.0' }),
  TILLGATE_API_PORT: port(8443),
  TILLGATE_API_TLS: Type.Enum(['on', 'off'], { default: 'on' }),
  TILLGATE_LINK: Type.Enum(['listener', 'broker', 'none'], { default: 'listener' }),
  TILLGATE_BROKER_URL: Type.Optional(Type.String({ pattern: '^mqtts?://[^@/]+/?$' })),
  TILLGATE_BROKER_GROUP: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$' })),
  TILLGATE_BROKER_CA_FILE: path,
  TILLGATE_BROKER_CERT_FILE: path,
  TILLGATE_BROKER_KEY_FILE: path,
  TILLGATE_BROKER_USERNAME: Type.Optional(Type.String({ minLength: 1 })),
  TILLGATE_BROKER_PASSWORD: secret,
  TILLGATE_BROKER_PASSWORD_FILE: path,
  TILLGATE_LISTEN_HOST: Type.String({ minLength: 1, default: '0.0.0.0' }),
  TILLGATE_MQTTS_PORT: port(8883),
  TILLGATE_WSS_PORT: port(8884),
  TILLGATE_PUBLIC_MQTTS_PORT: publicPort,
  TILLGATE_PUBLIC_WSS_PORT: publicPort,
  TILLGATE_PUBLIC_HOST: Type.String({ minLength: 1, default: 'localhost' }),
  TILLGATE_DRAIN_SECONDS: Type.Integer({ minimum: 0, maximum: 3_600, default: 25 }),
  TILLGATE_HEARTBEAT_SECONDS: Type.Optional(Type.Integer({ minimum: 5, maximum: 86_400 })),
  TILLGATE_ONE_APPROVER_TARGETS: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
  TILLGATE_APPROVERS_ABOVE: Type.Optional(Type.Integer({ minimum: 1, maximum: 8 })),
  TILLGATE_BREAK_GLASS: Type.Optional(Type.Enum(['off', 'second', 'alone'])),
  TILLGATE_WATCH_DAYS: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 })),
  TILLGATE_FIVE_ELEMENTS: Type.Optional(Type.Enum(['required', 'optional'])),
  TILLGATE_BRAKE_PERCENT: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
  TILLGATE_BRAKE_AT_LEAST: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  TILLGATE_CHECKPOINT_ORIGIN: Type.Optional(Type.String({ pattern: '^[!-*,-~]{1,200}$' })),
  TILLGATE_CHECKPOINT_FILE: path,
  TILLGATE_CHECKPOINT_SYSLOG: Type.Optional(
    Type.String({ pattern: '^(tcp|udp)://[^/@]+:[0-9]{1,5}$' }),
  ),
  TILLGATE_CHECKPOINT_WEBHOOK_URL: Type.Optional(Type.String({ pattern: '^https?://' })),
  TILLGATE_CHECKPOINT_WEBHOOK_SECRET: secret,
  TILLGATE_CHECKPOINT_WEBHOOK_SECRET_FILE: path,
  TILLGATE_SEALING_KEY: secret,
  TILLGATE_SEALING_KEY_FILE: path,
  TILLGATE_SEALING_KEYS_OLD_FILE: path,
  TILLGATE_SEALING_KEY_NEXT_FILE: path,
  TILLGATE_VENDOR_CA_FILE: path,
  TILLGATE_SERVER_CERT_FILE: path,
  TILLGATE_SERVER_KEY_FILE: path,
  TILLGATE_SERVER_CA_FILE: path,
  TILLGATE_HOST_URL: Type.Optional(Type.String({ pattern: '^https://' })),
  TILLGATE_HOST_TOKEN: secret,
  TILLGATE_HOST_TOKEN_FILE: path,
  TILLGATE_HOST_CA_FILE: path,
  TILLGATE_HOST_HOOK_URL: hookUrl,
  TILLGATE_HOST_HOOK_SECRET: secret,
  TILLGATE_HOST_HOOK_SECRET_FILE: path,
  TILLGATE_HOST_HOOK_CA_FILE: path,
  TILLGATE_REGISTRY_HOOK_URL: hookUrl,
  TILLGATE_REGISTRY_HOOK_SECRET: secret,
  TILLGATE_REGISTRY_HOOK_SECRET_FILE: path,
  TILLGATE_REGISTRY_HOOK_CA_FILE: path,
  TILLGATE_REGISTRY_CODES: path,
  TILLGATE_NOTICES_HOOK_URL: hookUrl,
  TILLGATE_NOTICES_HOOK_SECRET: secret,
  TILLGATE_NOTICES_HOOK_SECRET_FILE: path,
  TILLGATE_NOTICES_HOOK_CA_FILE: path,
})

export type Variables = Static<typeof variables>
export type Environment = Readonly<Record<string, string | undefined>>

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

export const readVariables = (environment: Environment): Variables => {
  try {
    return envSchema<Variables>({ schema: variables, data: { ...environment }, env: false })
  } catch (error) {
    throw explained(error)
  }
}
