/** With a printed agreement: it loads nothing, runs nothing, and stays out of caches and of others' pages. */
import { createHash } from 'node:crypto'

import { agreementStyle } from '@tillgate/gateway'

const styleHash = createHash('sha256').update(agreementStyle).digest('base64')

export const agreementHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; ` +
    `base-uri 'none'; form-action 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
}
