/** Texts and secrets that a variable gives as such or names a file for. */
import { readFileSync } from 'node:fs'

import { ConfigError, type Variables } from './variables.js'

export const readText = (variable: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const reason = (error as { code?: string }).code ?? 'unreadable'
    throw new ConfigError(variable, `names a file that can't be read (${reason})`)
  }
}

type SecretName =
  | 'TILLGATE_CHECKPOINT_WEBHOOK_SECRET'
  | 'TILLGATE_HOST_TOKEN'
  | 'TILLGATE_HOST_HOOK_SECRET'
  | 'TILLGATE_REGISTRY_HOOK_SECRET'
  | 'TILLGATE_NOTICES_HOOK_SECRET'
  | 'TILLGATE_DATABASE_URL'
  | 'TILLGATE_REDIS_URL'
  | 'TILLGATE_BROKER_PASSWORD'

/** Given as such, or in a file; undefined where neither is. */
export const secretOf = (set: Variables, name: SecretName): string | undefined => {
  const { [name]: given, [`${name}_FILE` as const]: file } = set
  if (given !== undefined && file !== undefined) {
    throw new ConfigError(name, `and ${name}_FILE exclude each other`)
  }
  const secret = file === undefined ? given : readText(`${name}_FILE`, file).trim()
  return secret === '' ? undefined : secret
}
