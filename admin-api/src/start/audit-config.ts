/** Whose name stands on the checkpoints of the sealed ledger, and where they go, from the environment. */
import type { AuditConfig } from '@tillgate/gateway'

import { ConfigError, type Variables } from './variables.js'

/** A secret of Standard Webhooks: 24 to 64 bytes in base 64, with or without its mark. */
const isWebhookSecret = (text: string): boolean =>
  /^(whsec_)?[A-Za-z0-9+/]{32,88}={0,2}$/.test(text)

const webhookOf = (set: Variables, secret: string | undefined): AuditConfig['webhook'] => {
  const { TILLGATE_CHECKPOINT_WEBHOOK_URL: url } = set
  if ((url === undefined) !== (secret === undefined)) {
    throw new ConfigError(
      'TILLGATE_CHECKPOINT_WEBHOOK_URL',
      'and TILLGATE_CHECKPOINT_WEBHOOK_SECRET go together',
    )
  }
  if (url === undefined || secret === undefined) return undefined
  if (!URL.canParse(url)) throw new ConfigError('TILLGATE_CHECKPOINT_WEBHOOK_URL', 'must be a URL')
  if (isWebhookSecret(secret)) return { url, secret }
  throw new ConfigError('TILLGATE_CHECKPOINT_WEBHOOK_SECRET', 'must be whsec_ and base 64')
}

const syslogOf = (set: Variables): AuditConfig['syslog'] => {
  const { TILLGATE_CHECKPOINT_SYSLOG: text } = set
  if (text === undefined) return undefined
  // Of a scheme that URL knows: for others it parses no host.
  const { hostname, port } = new URL(text.replace(/^(tcp|udp):/, 'http:'))
  const transport = text.startsWith('tcp:') ? 'tcp' : 'udp'
  const bare = hostname.replace(/^\[|\]$/g, '')
  return { transport, host: bare, port: port === '' ? 80 : Number(port) }
}

export const auditConfigOf = (set: Variables, secret: string | undefined): AuditConfig => {
  const { TILLGATE_CHECKPOINT_ORIGIN: origin, TILLGATE_CHECKPOINT_FILE: file } = set
  const [syslog, webhook] = [syslogOf(set), webhookOf(set, secret)]
  return Object.freeze({
    ...(origin === undefined ? {} : { origin }),
    ...(file === undefined ? {} : { file }),
    ...(syslog === undefined ? {} : { syslog }),
    ...(webhook === undefined ? {} : { webhook }),
  })
}
