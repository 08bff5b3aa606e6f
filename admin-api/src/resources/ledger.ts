/**
 * A command's ledger and its proofs. `evidence` and `envelope` are the bytes as received, so that
 * anybody can verify them with the certificate and without this server.
 */
import Type from 'typebox'
import type { Static } from 'typebox'
import { toHex } from '@tillgate/protocol'
import type { CertificateRow, EventRow, ProofRow } from '@tillgate/gateway'

import { toBase64 } from './bytes.js'
import { certificateSchema, toCertificate } from './certificate.js'
import { commandSchema } from './command.js'
import { timeSchema, toTime } from './time.js'

export const ledgerEntrySchema = Type.Object(
  {
    at: timeSchema,
    kind: Type.String({ examples: ['command.published'] }),
    actor: Type.String({ description: '`terminal`, `gateway`, or an API token by its name.' }),
    data: Type.Unknown(),
    evidence: Type.Union([Type.String(), Type.Null()], {
      description: 'The signed envelope as received, base64.',
    }),
  },
  { additionalProperties: false },
)

export const proofSchema = Type.Object(
  {
    receivedAt: timeSchema,
    bindingEpoch: Type.Integer(),
    partial: Type.Boolean({ description: 'Something could not be erased.' }),
    bodySha256: Type.String(),
    envelope: Type.String({ description: 'Body and signature as received, base64.' }),
    certificate: Type.Union([certificateSchema, Type.Null()], {
      description: 'Of the key that signed it.',
    }),
  },
  { additionalProperties: false },
)

export const commandWithLedgerSchema = Type.Object(
  {
    ...commandSchema.properties,
    ledger: Type.Array(ledgerEntrySchema),
    proofs: Type.Array(proofSchema),
  },
  { additionalProperties: false },
)

export const toLedgerEntry = (row: EventRow): Static<typeof ledgerEntrySchema> => ({
  at: toTime(row.atMs),
  kind: row.kind,
  actor: row.actor,
  data: JSON.parse(row.data),
  evidence: row.evidence === null ? null : toBase64(row.evidence),
})

export const toProof = (
  row: ProofRow,
  certificates: readonly CertificateRow[],
): Static<typeof proofSchema> => {
  const certificate = certificates.find(({ id }) => id === row.certificateId)
  return {
    receivedAt: toTime(row.receivedAtMs),
    bindingEpoch: row.bindingEpoch,
    partial: row.partial === 1,
    bodySha256: toHex(row.bodyHash),
    envelope: toBase64(row.envelope),
    certificate: certificate === undefined ? null : toCertificate(certificate),
  }
}
