/** The fields of requests by and about people, and who must be a person to ask. */
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { peopleLimits, personRoles, type SignedIn } from '@tillgate/gateway'

import { callerOf } from '../auth/gate.js'
import { apiLimits } from '../limits.js'
import { invalidField, problem } from '../problems/problem.js'

/** As a token's name, because both stand in the ledger as the actor. */
export const loginField = Type.String({
  pattern: `^[a-z0-9][a-z0-9._@-]{0,${String(apiLimits.nameLengthMax - 1)}}$`,
  examples: ['zhang.wei'],
})
/** Any text: a wrong one is refused like an unknown one. */
export const anyLoginField = Type.String({ maxLength: apiLimits.nameLengthMax })
export const codeField = Type.String({ pattern: '^[0-9]{6}$', examples: ['492039'] })
export const passwordField = Type.String({ maxLength: peopleLimits.passwordBytesMax })
export const activationField = Type.String({ maxLength: 128, examples: ['tgac_…'] })
export const rolesField = Type.Array(Type.Enum([...personRoles]), {
  minItems: 1,
  maxItems: personRoles.length,
  uniqueItems: true,
})

/** A new password: long enough, and not a book. */
export const checkPassword = (field: string, password: string): void => {
  const { passwordLengthMin, passwordBytesMax } = peopleLimits
  if ([...password].length < passwordLengthMin) {
    throw invalidField(field, `must have at least ${String(passwordLengthMin)} characters`)
  }
  if (new TextEncoder().encode(password).length > passwordBytesMax) {
    throw invalidField(field, `must have at most ${String(passwordBytesMax)} bytes`)
  }
}

/** Whoever has signed in; a token is nobody. */
export const personOf = (request: FastifyRequest): SignedIn => {
  const { person } = callerOf(request)
  if (person === undefined) throw problem('PERSON_REQUIRED')
  return person
}
