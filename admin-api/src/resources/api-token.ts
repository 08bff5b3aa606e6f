/** An API token, as the API shows it. Its text is shown by the answer that made it, and never again. */
import Type from 'typebox'
import type { Static } from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import type { ApiTokenRow } from '@tillgate/gateway'

import { roleIn } from '../auth/roles.js'
import { isScope } from '../auth/scopes.js'
import { timeOrNull, timeSchema, toTime, toTimeOrNull } from './time.js'

const shown = {
  id: Type.String(),
  name: Type.String(),
  role: Type.Union([Type.String(), Type.Null()], {
    description: 'The role that it was made with, if any. What it may do stands in `scopes`.',
  }),
  scopes: Type.Array(Type.String()),
  expiresAt: timeSchema,
  revokedAt: timeOrNull,
  createdBy: Type.String(),
  createdAt: timeSchema,
}

export const apiTokenSchema = Type.Object(shown, { additionalProperties: false })

export const madeApiTokenSchema = Type.Object(
  {
    ...shown,
    token: Type.Union([Type.String(), Type.Null()], {
      description: 'Shown this once. Null where an earlier answer is repeated: it is not kept.',
    }),
  },
  { additionalProperties: false },
)

export const toApiToken = (row: ApiTokenRow): Static<typeof apiTokenSchema> => ({
  id: uuidToText(row.uuid),
  name: row.name,
  role: roleIn(row.scopes.split(' ')),
  scopes: row.scopes.split(' ').filter(isScope),
  expiresAt: toTime(row.expiresAtMs),
  revokedAt: toTimeOrNull(row.revokedAtMs),
  createdBy: row.createdBy,
  createdAt: toTime(row.createdAtMs),
})
