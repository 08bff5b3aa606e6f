/** Signed hooks into the acquirer's systems, from the environment: host, registry, notices to people. */
import { hookSecretsMax, isHookSecret, type HookConfig, type NodeConfig } from '@tillgate/gateway'

import { readRegistryCodes } from './registry-codes.js'
import { readText, secretOf } from './secrets.js'
import { ConfigError, type Variables } from './variables.js'

type Prefix = 'TILLGATE_HOST' | 'TILLGATE_REGISTRY' | 'TILLGATE_NOTICES'

/** While a secret changes both stand there, the new one first. */
const secretsOf = (name: `${Prefix}_HOOK_SECRET`, text: string): readonly string[] => {
  const secrets = text.split(/[\s,]+/)
  if (secrets.length > hookSecretsMax) throw new ConfigError(name, 'holds two secrets at most')
  if (secrets.every(isHookSecret)) return Object.freeze(secrets)
  throw new ConfigError(name, 'must be whsec_ and 24 to 64 bytes in base64')
}

const hookOf = (set: Variables, prefix: Prefix): HookConfig | undefined => {
  const [urlName, secretName] = [`${prefix}_HOOK_URL`, `${prefix}_HOOK_SECRET`] as const
  const caName = `${prefix}_HOOK_CA_FILE` as const
  const { [urlName]: url, [caName]: caFile } = set
  const secret = secretOf(set, secretName)
  if (url === undefined) {
    if (secret === undefined && caFile === undefined) return undefined
    throw new ConfigError(
      secret === undefined ? caName : secretName,
      `is of use only with ${urlName}`,
    )
  }
  if (!URL.canParse(url)) throw new ConfigError(urlName, 'must be a URL')
  const { username, hash } = new URL(url)
  if (username !== '' || hash !== '') {
    throw new ConfigError(urlName, 'must name no user and no fragment')
  }
  if (secret === undefined) throw new ConfigError(secretName, `is required where ${urlName} is set`)
  return Object.freeze({
    url,
    secrets: secretsOf(secretName, secret),
    ...(caFile === undefined ? {} : { caPem: readText(caName, caFile) }),
  })
}

/** The host behind a hook; undefined where it is none. */
export const hostHookOf = (set: Variables): NodeConfig['hostAdapter'] | undefined => {
  const hook = hookOf(set, 'TILLGATE_HOST')
  if (hook === undefined) return undefined
  if (set.TILLGATE_HOST_URL !== undefined) {
    throw new ConfigError('TILLGATE_HOST_HOOK_URL', 'and TILLGATE_HOST_URL exclude each other')
  }
  return { kind: 'hook', ...hook }
}

export const hooksOf = (set: Variables): Pick<NodeConfig, 'registryHook' | 'noticesHook'> => {
  const registry = hookOf(set, 'TILLGATE_REGISTRY')
  const notices = hookOf(set, 'TILLGATE_NOTICES')
  const { TILLGATE_REGISTRY_CODES: folder } = set
  if (folder !== undefined && registry === undefined) {
    throw new ConfigError(
      'TILLGATE_REGISTRY_CODES',
      'is of use only with TILLGATE_REGISTRY_HOOK_URL',
    )
  }
  const codes = folder === undefined ? {} : { codes: readRegistryCodes(folder) }
  return {
    ...(registry === undefined ? {} : { registryHook: Object.freeze({ ...registry, ...codes }) }),
    ...(notices === undefined ? {} : { noticesHook: notices }),
  }
}
