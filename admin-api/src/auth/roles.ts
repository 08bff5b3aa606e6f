/**
 * Roles: what people are for, as named sets of scopes (architecture §8). A token made with a role gets the
 * scopes that the role has on that day; what it may do never grows by itself. Nobody gives a role of
 * which the own token lacks a scope.
 */
import { scopeNames, type Scope } from './scopes.js'

const reads = scopeNames.filter((scope) => scope.endsWith(':read'))

export const roles = {
  /** Orders: merchants, stores, bindings, commands, and what erases. Neither devices nor tokens. */
  maker: [
    'merchants:read',
    'merchants:write',
    'contacts:read',
    'contacts:write',
    'stores:read',
    'stores:write',
    'terminals:read',
    'bindings:read',
    'bindings:write',
    'commands:read',
    'commands:write',
    'commands:destructive',
    'cases:read',
    'cases:write',
    'cases:waive',
    'approvals:read',
    'approvals:write',
    'documents:read',
    'documents:write',
    'events:read',
  ],
  /**
   * Looks at what a maker has ordered, and at what became of it; orders nothing. A person with this role
   * votes (`person-scopes.ts`); a token with it does not.
   */
  approver: [
    'merchants:read',
    'stores:read',
    'terminals:read',
    'bindings:read',
    'commands:read',
    'cases:read',
    'cases:decide',
    'documents:read',
    'identities:read',
    'approvals:read',
    'events:read',
  ],
  /** Reads everything and changes nothing. */
  auditor: reads,
  /**
   * Whoever stands in the shop: sees devices, what they are bound to and what they were told; has codes sent
   * to the merchant, never to a number that he says himself.
   */
  agent: [
    'contacts:read',
    'stores:read',
    'terminals:read',
    'bindings:read',
    'commands:read',
    'cases:read',
    'cases:write',
    'documents:write',
  ],
  /** Runs the node: devices, people, tokens. Erases nothing: that is always named. */
  administrator: ['admin'],
} as const satisfies Readonly<Record<string, readonly Scope[]>>

/** Stands before the scopes of a token that was made with a role; by itself it opens nothing. */
export const roleMark = (role: Role): string => `role:${role}`

export const roleIn = (marked: readonly string[]): Role | null =>
  roleNames.find((role) => marked.includes(roleMark(role))) ?? null

export type Role = keyof typeof roles
export const roleNames = Object.keys(roles) as readonly Role[]
export const isRole = (text: string): text is Role => Object.hasOwn(roles, text)
