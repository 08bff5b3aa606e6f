/**
 * What only a person who has signed in may do, whatever a token holds: no token can be given these, and
 * `admin` does not include them. They follow the roles that the person has at the moment of the request.
 */
import { rolesOf, type PersonRole, type UserRow } from '@tillgate/gateway'

import { roles } from './roles.js'
import type { Scope } from './scopes.js'

export const personScopes = {
  'session:own': 'see and end the own session, change the own password',
  'approvals:vote': 'decide on requests, with a fresh one-time code',
  'counter:confirm': 'record at the counter that a merchant has confirmed',
  'devices:inspect': 'record what was found on a terminal that owes its erase',
  'approvals:break-glass': 'decide alone, where the policy allows it',
} as const

export type PersonScope = keyof typeof personScopes
export const isPersonScope = (text: string): text is PersonScope =>
  Object.hasOwn(personScopes, text)

const ofRole: Readonly<Partial<Record<PersonRole, readonly PersonScope[]>>> = {
  agent: ['counter:confirm'],
  approver: ['approvals:vote'],
  maker: ['counter:confirm', 'devices:inspect'],
  administrator: ['approvals:break-glass', 'devices:inspect'],
}

/** Of all roles together. */
export const scopesOfPerson = (user: UserRow): ReadonlySet<Scope | PersonScope> => {
  const held = new Set<Scope | PersonScope>(['session:own'])
  for (const role of rolesOf(user)) {
    for (const scope of roles[role]) held.add(scope)
    for (const scope of ofRole[role] ?? []) held.add(scope)
  }
  return held
}
