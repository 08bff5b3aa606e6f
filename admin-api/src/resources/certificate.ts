/** A terminal's certificate, as the API shows it: kept for ever, with its times. */
import Type from 'typebox'
import type { Static } from 'typebox'
import { toHex } from '@tillgate/protocol'
import type { CertificateRow } from '@tillgate/gateway'

import { toPem } from './bytes.js'
import { timeOrNull, timeSchema, toTime, toTimeOrNull } from './time.js'

export const certificateSchema = Type.Object(
  {
    sha256: Type.String({ description: 'Of the DER, in hex.' }),
    issuer: Type.Enum(['tillgate', 'vendor']),
    pem: Type.String(),
    notBefore: timeSchema,
    notAfter: timeSchema,
    registeredAt: timeSchema,
    revokedAt: timeOrNull,
    revokeReason: Type.Union([Type.String(), Type.Null()]),
  },
  { additionalProperties: false },
)

export const toCertificate = (row: CertificateRow): Static<typeof certificateSchema> => ({
  sha256: toHex(row.sha256),
  issuer: row.issuer,
  pem: toPem('CERTIFICATE', row.der),
  notBefore: toTime(row.notBeforeMs),
  notAfter: toTime(row.notAfterMs),
  registeredAt: toTime(row.registeredAtMs),
  revokedAt: toTimeOrNull(row.revokedAtMs),
  revokeReason: row.revokeReason,
})
