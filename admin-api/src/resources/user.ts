/** A user, as the API shows it: never a hash, a secret or an activation text that was shown once. */
import Type from 'typebox'
import type { Static } from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import { personRoles, rolesOf, type UserRow } from '@tillgate/gateway'

import { timeOrNull, timeSchema, toTime, toTimeOrNull } from './time.js'

const shown = {
  id: Type.String(),
  login: Type.String(),
  name: Type.String(),
  roles: Type.Array(Type.Enum([...personRoles])),
  agentId: Type.Union([Type.String(), Type.Null()]),
  acquirerCode: Type.Union([Type.String(), Type.Null()]),
  state: Type.Enum(['INVITED', 'ACTIVE', 'LOCKED', 'LEFT']),
  failedAttempts: Type.Integer(),
  heldUntil: timeOrNull,
  activationEndsAt: timeOrNull,
  admittedBy: Type.String({ description: 'Who handed out the latest activation text.' }),
  createdBy: Type.String(),
  createdAt: timeSchema,
}

export const userSchema = Type.Object(shown, { additionalProperties: false })

export const invitedUserSchema = Type.Object(
  {
    ...shown,
    activation: Type.Union([Type.String(), Type.Null()], {
      description: 'Shown this once, good for a day. Null where an earlier answer is repeated.',
    }),
  },
  { additionalProperties: false },
)

export const toUser = (row: UserRow): Static<typeof userSchema> => ({
  id: uuidToText(row.uuid),
  login: row.login,
  name: row.name,
  roles: [...rolesOf(row)],
  agentId: row.agentId,
  acquirerCode: row.acquirerCode,
  state: row.state,
  failedAttempts: row.failedAttempts,
  heldUntil: row.heldUntilMs === 0 ? null : toTime(row.heldUntilMs),
  activationEndsAt: toTimeOrNull(row.activationEndsAtMs),
  admittedBy: row.admittedBy,
  createdBy: row.createdBy,
  createdAt: toTime(row.createdAtMs),
})
