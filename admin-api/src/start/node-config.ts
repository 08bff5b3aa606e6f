/** What a node is opened with, from the environment. Secrets may come from a file (`…_FILE`). */
import { redisServersFrom, type NodeConfig } from '@tillgate/gateway'

import { auditConfigOf } from './audit-config.js'
import { hooksOf, hostHookOf } from './hook-config.js'
import { readText, secretOf } from './secrets.js'
import { ConfigError, type Variables } from './variables.js'

const hostTokenOf = (set: Variables): string => {
  const token = secretOf(set, 'TILLGATE_HOST_TOKEN')
  if (token !== undefined) return token
  throw new ConfigError('TILLGATE_HOST_TOKEN', 'is required where TILLGATE_HOST_URL is set')
}

const recordsOf = (set: Variables): NonNullable<NodeConfig['records']> => {
  const url = secretOf(set, 'TILLGATE_DATABASE_URL')
  if (url === undefined) return { kind: 'sqlite' }
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) {
    return { kind: 'postgres', url }
  }
  throw new ConfigError('TILLGATE_DATABASE_URL', 'must be a URL that begins with postgres://')
}

/** Several nodes share nothing but a database: a file cannot be shared. */
const coordinationOf = (
  set: Variables,
  records: NonNullable<NodeConfig['records']>,
): Coordinated => {
  const url = secretOf(set, 'TILLGATE_REDIS_URL')
  if (url === undefined) return { kind: 'in-process' }
  if (records.kind !== 'postgres') {
    throw new ConfigError('TILLGATE_REDIS_URL', 'is of use only with TILLGATE_DATABASE_URL')
  }
  const answer = redisServersFrom(url)
  if (!answer.ok) throw new ConfigError('TILLGATE_REDIS_URL', answer.why)
  return { kind: 'redis', servers: answer.servers }
}

type Coordinated = NonNullable<NodeConfig['coordination']>

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

/** What is there is read, what is not is left out. */
const optionalText = (
  set: Variables,
  variable: 'TILLGATE_BROKER_CA_FILE' | 'TILLGATE_BROKER_CERT_FILE' | 'TILLGATE_BROKER_KEY_FILE',
): string | undefined => {
  const file = set[variable]
  return file === undefined ? undefined : readText(variable, file)
}

const brokerOf = (set: Variables): NodeConfig['broker'] => {
  const { TILLGATE_LINK: link, TILLGATE_BROKER_URL: url, TILLGATE_BROKER_GROUP: group } = set
  if ((link === 'broker') !== (url !== undefined)) {
    throw new ConfigError('TILLGATE_BROKER_URL', 'and TILLGATE_LINK=broker belong together')
  }
  if (url === undefined) return undefined
  const cert = optionalText(set, 'TILLGATE_BROKER_CERT_FILE')
  const key = optionalText(set, 'TILLGATE_BROKER_KEY_FILE')
  if ((cert === undefined) !== (key === undefined)) {
    throw new ConfigError('TILLGATE_BROKER_CERT_FILE', 'and TILLGATE_BROKER_KEY_FILE go together')
  }
  const ca = optionalText(set, 'TILLGATE_BROKER_CA_FILE')
  const username = set.TILLGATE_BROKER_USERNAME
  const password = secretOf(set, 'TILLGATE_BROKER_PASSWORD')
  return {
    server: {
      url,
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined || key === undefined ? {} : { cert, key }),
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    },
    ...(group === undefined ? {} : { group }),
  }
}

const publicPortsOf = (set: Variables): NonNullable<NodeConfig['publicPorts']> => {
  const { TILLGATE_PUBLIC_MQTTS_PORT: mqtts, TILLGATE_PUBLIC_WSS_PORT: wss } = set
  return { ...(mqtts === undefined ? {} : { mqtts }), ...(wss === undefined ? {} : { wss }) }
}

const otherKeysOf = (
  set: Variables,
): Pick<NodeConfig, 'sealingKeysOldFile' | 'sealingKeyNextFile'> => {
  const { TILLGATE_SEALING_KEYS_OLD_FILE: old, TILLGATE_SEALING_KEY_NEXT_FILE: next } = set
  return {
    ...(old === undefined ? {} : { sealingKeysOldFile: old }),
    ...(next === undefined ? {} : { sealingKeyNextFile: next }),
  }
}

const given = <K extends string, V>(name: K, value: V | undefined) =>
  value === undefined ? {} : ({ [name]: value } as Record<K, V>)

/** Policy as data; the core's own where nothing is said. */
const policyOf = (
  set: Variables,
): Pick<NodeConfig, 'approvals' | 'brake' | 'fiveElements' | 'watchDays'> => ({
  ...given('watchDays', set.TILLGATE_WATCH_DAYS),
  ...given('fiveElements', set.TILLGATE_FIVE_ELEMENTS),
  approvals: Object.freeze({
    ...given('oneApproverTargetsMax', set.TILLGATE_ONE_APPROVER_TARGETS),
    ...given('approversAbove', set.TILLGATE_APPROVERS_ABOVE),
    ...given('breakGlass', set.TILLGATE_BREAK_GLASS),
  }),
  brake: Object.freeze({
    ...given('percent', set.TILLGATE_BRAKE_PERCENT),
    ...given('atLeast', set.TILLGATE_BRAKE_AT_LEAST),
  }),
})

export const nodeConfigOf = (set: Variables): Omit<NodeConfig, 'log'> => {
  const { TILLGATE_SEALING_KEY: key, TILLGATE_SEALING_KEY_FILE: keyFile } = set
  const { TILLGATE_VENDOR_CA_FILE: vendorCaFile, TILLGATE_HEARTBEAT_SECONDS: heartbeatS } = set
  if (key !== undefined && keyFile !== undefined) {
    throw new ConfigError(
      'TILLGATE_SEALING_KEY',
      'and TILLGATE_SEALING_KEY_FILE exclude each other',
    )
  }
  const records = recordsOf(set)
  const broker = brokerOf(set)
  return Object.freeze({
    ...(set.TILLGATE_NODE_NAME === undefined ? {} : { nodeName: set.TILLGATE_NODE_NAME }),
    records: Object.freeze(records),
    coordination: Object.freeze(coordinationOf(set, records)),
    link: set.TILLGATE_LINK,
    ...(broker === undefined ? {} : { broker: Object.freeze(broker) }),
    publicPorts: Object.freeze(publicPortsOf(set)),
    dataFolder: set.TILLGATE_DATA,
    listener: Object.freeze({
      host: set.TILLGATE_LISTEN_HOST,
      mqttsPort: set.TILLGATE_MQTTS_PORT,
      wssPort: set.TILLGATE_WSS_PORT,
    }),
    publicHosts: publicHostsOf(set),
    hostAdapter: Object.freeze(hostHookOf(set) ?? hostOf(set)),
    ...hooksOf(set),
    audit: auditConfigOf(set, secretOf(set, 'TILLGATE_CHECKPOINT_WEBHOOK_SECRET')),
    ...policyOf(set),
    ...(key === undefined ? {} : { sealingKey: key }),
    ...(keyFile === undefined ? {} : { sealingKeyFile: keyFile }),
    ...otherKeysOf(set),
    ...(heartbeatS === undefined ? {} : { heartbeatS }),
    ...(vendorCaFile === undefined
      ? {}
      : { vendorCas: certificatesIn('TILLGATE_VENDOR_CA_FILE', vendorCaFile) }),
    ...serverCertificateOf(set),
  })
}

/** A bundle, one certificate after another. */
const certificatesIn = (
  variable: 'TILLGATE_VENDOR_CA_FILE' | 'TILLGATE_SERVER_CA_FILE',
  file: string,
): readonly string[] => {
  const pem = readText(variable, file)
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g)
  if (found !== null) return found
  throw new ConfigError(variable, 'must hold certificates in PEM')
}

/** The files stay files: the node reads them again when they change. */
const serverCertificateOf = (
  set: Variables,
): Pick<NodeConfig, 'serverCertificate' | 'serverCas'> => {
  const { TILLGATE_SERVER_CERT_FILE: certFile, TILLGATE_SERVER_KEY_FILE: keyFile } = set
  const { TILLGATE_SERVER_CA_FILE: caFile } = set
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new ConfigError('TILLGATE_SERVER_CERT_FILE', 'and TILLGATE_SERVER_KEY_FILE go together')
  }
  return {
    ...(certFile === undefined || keyFile === undefined
      ? {}
      : { serverCertificate: Object.freeze({ certFile, keyFile }) }),
    ...(caFile === undefined
      ? {}
      : { serverCas: certificatesIn('TILLGATE_SERVER_CA_FILE', caFile) }),
  }
}
