import { expect, test } from 'vitest'
import { ConfigError, readConfig, type Environment } from './config.js'

test('without a variable it is what the documentation says', () => {
  const config = readConfig({})
  expect(config.node.dataFolder).toBe('./data')
  expect(config.api).toEqual({ serves: 'full', host: '0.0.0.0', port: 8443, tls: true })
  expect(config.node.listener).toEqual({ host: '0.0.0.0', mqttsPort: 8883, wssPort: 8884 })
  expect(config.node.hostAdapter).toEqual({ kind: 'recorder' })
  expect(config.node.records).toEqual({ kind: 'sqlite' })
  expect(config.node.coordination).toEqual({ kind: 'in-process' })
  expect(config.node.link).toBe('listener')
  expect(config.json).toBe(false)
  expect(config.drainMs).toBe(25_000)
})

test('it cannot be changed once it is read', () => {
  const config = readConfig({})
  expect(Object.isFrozen(config)).toBe(true)
  expect(Object.isFrozen(config.api)).toBe(true)
  expect(Object.isFrozen(config.node)).toBe(true)
})

test('several public names are taken in their order', () => {
  const { node } = readConfig({ TILLGATE_PUBLIC_HOST: 'tillgate.example, 10.0.0.7' })
  expect(node.publicHosts).toEqual(['tillgate.example', '10.0.0.7'])
})

test('several nodes share a database and a Redis, and terminals are told the balancer', () => {
  const { node, api } = readConfig({
    TILLGATE_NODE_NAME: 'gateway-1',
    TILLGATE_DATABASE_URL: 'postgres://tillgate:secret@db/tillgate',
    TILLGATE_REDIS_URL: 'redis+sentinel://s1,s2,s3/tillgate',
    TILLGATE_LINK: 'none',
    TILLGATE_API: 'health',
    TILLGATE_PUBLIC_MQTTS_PORT: '443',
  })
  expect(node.nodeName).toBe('gateway-1')
  expect(node.records).toMatchObject({ kind: 'postgres' })
  expect(node.coordination).toMatchObject({ kind: 'redis', servers: { kind: 'sentinel' } })
  expect(node.link).toBe('none')
  expect(node.publicPorts).toEqual({ mqtts: 443 })
  expect(api.serves).toBe('health')
})

test('the terminals may be connected to somebody else’s broker', () => {
  const { node } = readConfig({
    TILLGATE_LINK: 'broker',
    TILLGATE_BROKER_URL: 'mqtts://broker.example:8883',
    TILLGATE_BROKER_USERNAME: 'tillgate',
    TILLGATE_BROKER_PASSWORD: 'secret',
    TILLGATE_BROKER_GROUP: 'blue',
  })
  expect(node.link).toBe('broker')
  expect(node.broker).toEqual({
    server: { url: 'mqtts://broker.example:8883', username: 'tillgate', password: 'secret' },
    group: 'blue',
  })
})

const database = { TILLGATE_DATABASE_URL: 'postgres://db/tillgate' }

const goodSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

const hook = (target: 'HOST' | 'REGISTRY' | 'NOTICES'): Environment => ({
  [`TILLGATE_${target}_HOOK_URL`]: 'https://acquirer.example/hooks',
  [`TILLGATE_${target}_HOOK_SECRET`]: goodSecret,
})

test('host, registry and notices may stand behind signed hooks, with two secrets for a while', () => {
  const other = `whsec_${Buffer.alloc(24, 8).toString('base64')}`
  const { node } = readConfig({
    ...{ ...hook('HOST'), ...hook('REGISTRY'), ...hook('NOTICES') },
    TILLGATE_REGISTRY_HOOK_SECRET: `${other} ${goodSecret}`,
  })
  const url = 'https://acquirer.example/hooks'
  expect(node.hostAdapter).toEqual({ kind: 'hook', url, secrets: [goodSecret] })
  expect(node.registryHook).toEqual({ url, secrets: [other, goodSecret] })
  expect(node.noticesHook).toEqual({ url, secrets: [goodSecret] })
})

const wrong: readonly [string, Environment][] = [
  ['TILLGATE_API_PORT', { TILLGATE_API_PORT: '65536' }],
  ['TILLGATE_MQTTS_PORT', { TILLGATE_MQTTS_PORT: '-1' }],
  ['TILLGATE_WSS_PORT', { TILLGATE_WSS_PORT: '1.5' }],
  ['TILLGATE_DRAIN_SECONDS', { TILLGATE_DRAIN_SECONDS: '-1' }],
  ['TILLGATE_LOG', { TILLGATE_LOG: 'loud' }],
  ['TILLGATE_API_TLS', { TILLGATE_API_TLS: 'maybe' }],
  ['TILLGATE_API_TLS', { TILLGATE_API_TLS: 'off', TILLGATE_API_HOST: '10.0.0.7' }],
  ['TILLGATE_DATA', { TILLGATE_DATA: '' }],
  ['TILLGATE_PUBLIC_HOST', { TILLGATE_PUBLIC_HOST: 'a b' }],
  ['TILLGATE_HOST_URL', { TILLGATE_HOST_URL: 'http://host' }],
  ['TILLGATE_HOST_TOKEN', { TILLGATE_HOST_URL: 'https://host' }],
  [
    'TILLGATE_HOST_TOKEN_FILE',
    { TILLGATE_HOST_URL: 'https://host', TILLGATE_HOST_TOKEN_FILE: '/nowhere/at/all' },
  ],
  ['TILLGATE_HOST_HOOK_URL', { ...hook('HOST'), TILLGATE_HOST_HOOK_URL: 'http://a' }],
  ['TILLGATE_HOST_HOOK_URL', { ...hook('HOST'), TILLGATE_HOST_HOOK_URL: 'https://u@a/' }],
  ['TILLGATE_HOST_HOOK_URL', { ...hook('HOST'), TILLGATE_HOST_URL: 'https://host' }],
  ['TILLGATE_HOST_HOOK_SECRET', { TILLGATE_HOST_HOOK_URL: 'https://a' }],
  ['TILLGATE_REGISTRY_HOOK_SECRET', { TILLGATE_REGISTRY_HOOK_SECRET: goodSecret }],
  [
    'TILLGATE_REGISTRY_HOOK_SECRET',
    { ...hook('REGISTRY'), TILLGATE_REGISTRY_HOOK_SECRET: 'whsec_c2hvcnQ=' },
  ],
  [
    'TILLGATE_REGISTRY_HOOK_SECRET',
    {
      ...hook('REGISTRY'),
      TILLGATE_REGISTRY_HOOK_SECRET: `${goodSecret} ${goodSecret} ${goodSecret}`,
    },
  ],
  [
    'TILLGATE_NOTICES_HOOK_SECRET',
    { ...hook('NOTICES'), TILLGATE_NOTICES_HOOK_SECRET: goodSecret.slice('whsec_'.length) },
  ],
  [
    'TILLGATE_NOTICES_HOOK_SECRET_FILE',
    {
      TILLGATE_NOTICES_HOOK_URL: 'https://a',
      TILLGATE_NOTICES_HOOK_SECRET_FILE: '/nowhere/at/all',
    },
  ],
  [
    'TILLGATE_NOTICES_HOOK_CA_FILE',
    { ...hook('NOTICES'), TILLGATE_NOTICES_HOOK_CA_FILE: '/nowhere/at/all' },
  ],
  ['TILLGATE_REGISTRY_CODES', { TILLGATE_REGISTRY_CODES: '/nowhere/at/all' }],
  ['TILLGATE_REGISTRY_CODES', { ...hook('REGISTRY'), TILLGATE_REGISTRY_CODES: '/nowhere/at/all' }],
  ['TILLGATE_NODE_NAME', { TILLGATE_NODE_NAME: 'two words' }],
  ['TILLGATE_DATABASE_URL', { TILLGATE_DATABASE_URL: 'mysql://db/tillgate' }],
  ['TILLGATE_DATABASE_URL', { ...database, TILLGATE_DATABASE_URL_FILE: 'f' }],
  ['TILLGATE_DATABASE_URL_FILE', { TILLGATE_DATABASE_URL_FILE: '/nowhere/at/all' }],
  ['TILLGATE_REDIS_URL', { TILLGATE_REDIS_URL: 'redis://r' }],
  ['TILLGATE_REDIS_URL', { ...database, TILLGATE_REDIS_URL: 'memcached://r' }],
  ['TILLGATE_LINK', { TILLGATE_LINK: 'pigeon' }],
  ['TILLGATE_BROKER_URL', { TILLGATE_LINK: 'broker' }],
  ['TILLGATE_BROKER_URL', { TILLGATE_BROKER_URL: 'mqtts://broker' }],
  ['TILLGATE_BROKER_URL', { TILLGATE_LINK: 'broker', TILLGATE_BROKER_URL: 'mqtts://a:b@broker' }],
  [
    'TILLGATE_BROKER_KEY_FILE',
    { TILLGATE_LINK: 'broker', TILLGATE_BROKER_URL: 'mqtts://b', TILLGATE_BROKER_KEY_FILE: '/no' },
  ],
  ['TILLGATE_API', { TILLGATE_API: 'some' }],
  ['TILLGATE_PUBLIC_WSS_PORT', { TILLGATE_PUBLIC_WSS_PORT: '0' }],
  ['TILLGATE_SEALING_KEY', { TILLGATE_SEALING_KEY: 'a', TILLGATE_SEALING_KEY_FILE: 'b' }],
  ['TILLGATE_SERVER_CERT_FILE', { TILLGATE_SERVER_CERT_FILE: 'server.pem' }],
  ['TILLGATE_SERVER_CERT_FILE', { TILLGATE_SERVER_KEY_FILE: 'server.key' }],
  ['TILLGATE_SERVER_CA_FILE', { TILLGATE_SERVER_CA_FILE: '/nowhere/at/all' }],
  ['TILLGATE_VENDOR_CA_FILE', { TILLGATE_VENDOR_CA_FILE: '/nowhere/at/all' }],
]

test.each(wrong)('a wrong %s is said by its name', (variable, environment) => {
  expect(() => readConfig(environment)).toThrow(ConfigError)
  expect(() => readConfig(environment)).toThrow(new RegExp(`^${variable} `))
})

test('a secret that is wrong is not repeated in the message', () => {
  const environment = { TILLGATE_SEALING_KEY: 'my-secret', TILLGATE_SEALING_KEY_FILE: 'f' }
  expect(() => readConfig(environment)).not.toThrow(/my-secret/)
})
