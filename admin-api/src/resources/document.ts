/** A document, as the API shows it; its name only to who may open it. */
import { Buffer } from 'node:buffer'
import Type from 'typebox'
import type { Static } from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import type { DocumentView } from '@tillgate/gateway'

import { timeOrNull, timeSchema, toTime, toTimeOrNull } from './time.js'

export const documentSchema = Type.Object(
  {
    id: Type.String(),
    scope: Type.String(),
    merchantId: Type.String(),
    kind: Type.String(),
    mediaType: Type.String(),
    sizeBytes: Type.Integer(),
    saltedHash: Type.String({
      description: 'SHA-256 over a secret salt and the content, hex. The salt goes with the key.',
    }),
    name: Type.Union([Type.String(), Type.Null()], {
      description: 'Null where this token may not open it, and once it is dropped.',
    }),
    state: Type.Union([Type.Literal('KEPT'), Type.Literal('DROPPED')]),
    retainUntil: timeSchema,
    uploadedBy: Type.String(),
    uploadedAt: timeSchema,
    droppedAt: timeOrNull,
    droppedWhy: Type.Union([Type.String(), Type.Null()]),
  },
  { additionalProperties: false },
)

export const toDocument = (
  row: DocumentView,
  name: string | null,
): Static<typeof documentSchema> => ({
  id: uuidToText(row.uuid),
  scope: row.scope,
  merchantId: uuidToText(row.merchantUuid),
  kind: row.kind,
  mediaType: row.mediaType,
  sizeBytes: row.sizeBytes,
  saltedHash: Buffer.from(row.contentHash).toString('hex'),
  name,
  state: row.state === 'DROPPED' ? 'DROPPED' : 'KEPT',
  retainUntil: toTime(row.retainUntilMs),
  uploadedBy: row.uploadedBy,
  uploadedAt: toTime(row.uploadedAtMs),
  droppedAt: toTimeOrNull(row.droppedAtMs),
  droppedWhy: row.droppedWhy,
})
