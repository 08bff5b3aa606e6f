/**
 * What a token may do: the scopes, and which one each route wants. This table is the only place that
 * says so: the gate asks it on every request, the OpenAPI document is written from it, and a route
 * that has no line here stops the start.
 */
import type { PersonScope } from './person-scopes.js'

export const scopes = {
  'merchants:read': 'see merchants',
  'merchants:write': 'create merchants',
  'exports:read':
    'take out what is held about a merchant, masked; each time is a line of the ledger',
  'contacts:read': 'see how merchants are reached, masked',
  'contacts:write': 'say how a merchant is reached; whoever may can have codes sent to himself',
  'stores:read': 'see stores',
  'stores:write': 'create stores',
  'terminals:read': 'see terminals and their certificates',
  'terminals:write': 'register terminals; register and revoke their certificates',
  'enrolments:read': 'see enrolment tokens, never their text',
  'enrolments:write': 'make enrolment tokens',
  'bindings:read': 'see bindings',
  'bindings:write': 'bind terminals to merchants',
  'commands:read': 'see commands, ledgers and proofs',
  'commands:write': 'order commands that destroy nothing; cancel any',
  'commands:destructive':
    'with commands:write: order commands that erase and are no case’s (none is); in no other scope',
  'cases:read': 'see unbind cases and their ledgers',
  'cases:write': 'open, check and cancel unbind cases; only an approval of others lets them order',
  'cases:waive': 'waive what an unbind case waits for, where that may be waived',
  'cases:decide': 'say no to unbind cases',
  'attempts:write': 'for hosts: report what was tried under a TID',
  'documents:read': 'see documents; open papers',
  'documents:write': 'upload documents',
  'identities:read': 'with documents:read: open documents that show a person or an account',
  'holds:read': 'see legal holds',
  'holds:write': 'place and end legal holds',
  'events:read': 'follow the ledger: pages and live events, with their evidence',
  'audit:read': 'see checkpoints and proofs of the sealed ledger',
  'metrics:read': 'see what the node counts',
  'users:read': 'see people, never their secrets',
  'users:write': 'let people in, give them roles, lock and reset them',
  'approvals:read': 'see requests for approval, with their frozen lists and votes',
  'approvals:write': 'ask for approval, and take an own request back',
  'tokens:read': 'see API tokens, never their text',
  'tokens:write': 'make and revoke API tokens, up to the own scopes',
  admin: 'every scope but commands:destructive',
} as const

export type Scope = keyof typeof scopes
export const scopeNames = Object.keys(scopes) as readonly Scope[]
export const isScope = (text: string): text is Scope => Object.hasOwn(scopes, text)

/** `public`: no token is asked for. */
export type Access = Scope | PersonScope | 'public'

export const routeAccess: Readonly<Record<string, Access>> = {
  'GET /': 'public',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /openapi.json': 'public',
  'GET /ca.pem': 'public',
  'GET /metrics': 'metrics:read',

  'POST /v1/merchants': 'merchants:write',
  'GET /v1/merchants': 'merchants:read',
  'GET /v1/merchants/:id': 'merchants:read',
  'GET /v1/merchants/:id/export': 'exports:read',

  'POST /v1/merchants/:id/contacts': 'contacts:write',
  'GET /v1/merchants/:id/contacts': 'contacts:read',
  'POST /v1/merchants/:id/contacts/:contactId/end': 'contacts:write',

  'POST /v1/merchants/:id/merchant-link': 'cases:write',
  'POST /v1/unbind-cases/:id/merchant-link': 'cases:write',
  'POST /v1/merchant-links/:id/revoke': 'cases:write',
  'GET /m/:token': 'public',
  'GET /m/:token/agreement': 'public',
  'POST /m/:token/request': 'public',
  'POST /m/:token/code': 'public',
  'POST /m/:token/confirm': 'public',
  'POST /m/:token/appointment': 'public',

  'POST /v1/stores': 'stores:write',
  'GET /v1/stores': 'stores:read',
  'GET /v1/stores/:id': 'stores:read',

  'POST /v1/terminals': 'terminals:write',
  'GET /v1/terminals': 'terminals:read',
  'GET /v1/terminals/:sn': 'terminals:read',
  'POST /v1/terminals/:sn/certificates': 'terminals:write',
  'POST /v1/terminals/:sn/certificates/:sha256/revoke': 'terminals:write',

  'POST /v1/enrolment-tokens': 'enrolments:write',
  'GET /v1/enrolment-tokens': 'enrolments:read',
  'GET /v1/enrolment-tokens/:id': 'enrolments:read',
  'POST /v1/enrolments': 'public',

  'POST /v1/bindings': 'bindings:write',
  'POST /v1/bindings/:id/withdraw': 'bindings:write',
  'GET /v1/bindings': 'bindings:read',
  'GET /v1/bindings/:id': 'bindings:read',

  'POST /v1/commands': 'commands:write',
  'GET /v1/commands': 'commands:read',
  'GET /v1/commands/:id': 'commands:read',
  'POST /v1/commands/:id/cancel': 'commands:write',

  'POST /v1/unbind-cases': 'cases:write',
  'GET /v1/unbind-cases': 'cases:read',
  'GET /v1/unbind-cases/:id': 'cases:read',
  'POST /v1/unbind-cases/:id/check': 'cases:write',
  'POST /v1/unbind-cases/:id/waivers': 'cases:waive',
  'POST /v1/unbind-cases/:id/cancel': 'cases:write',
  'POST /v1/unbind-cases/:id/reject': 'cases:decide',
  'POST /v1/unbind-cases/:id/appointment': 'cases:write',
  'POST /v1/unbind-cases/:id/fees': 'cases:write',
  'POST /v1/unbind-cases/:id/fees/:feeId/withdraw': 'cases:write',
  'GET /v1/unbind-cases/:id/agreement': 'cases:read',
  'POST /v1/unbind-cases/:id/codes': 'cases:write',
  'POST /v1/unbind-cases/:id/confirm': 'cases:write',
  'POST /v1/unbind-cases/:id/confirm-at-counter': 'counter:confirm',
  'POST /v1/unbind-cases/:id/inspection': 'devices:inspect',
  'POST /v1/watch/attempts': 'attempts:write',
  'GET /v1/unbind-cases/:id/evidence': 'audit:read',
  'POST /v1/unbind-cases/:id/force': 'approvals:write',

  'POST /v1/documents': 'documents:write',
  'GET /v1/documents': 'documents:read',
  'GET /v1/documents/:id': 'documents:read',
  'GET /v1/documents/:id/content': 'documents:read',

  'POST /v1/legal-holds': 'holds:write',
  'GET /v1/legal-holds': 'holds:read',
  'GET /v1/legal-holds/:id': 'holds:read',
  'POST /v1/legal-holds/:id/end': 'holds:write',

  'GET /v1/events': 'events:read',

  'GET /v1/audit/checkpoint': 'audit:read',
  'GET /v1/audit/verifier-key': 'audit:read',
  'GET /v1/audit/proofs/inclusion': 'audit:read',
  'GET /v1/audit/proofs/consistency': 'audit:read',

  'POST /v1/users': 'users:write',
  'GET /v1/users': 'users:read',
  'GET /v1/users/:id': 'users:read',
  'POST /v1/users/:id/change': 'users:write',
  'POST /v1/users/:id/reset': 'users:write',
  'POST /v1/activations': 'public',
  'POST /v1/activations/confirm': 'public',
  'POST /v1/sessions': 'public',
  'GET /v1/sessions/current': 'session:own',
  'DELETE /v1/sessions/current': 'session:own',
  'POST /v1/sessions/current/password': 'session:own',

  'POST /v1/approvals': 'approvals:write',
  'GET /v1/approvals': 'approvals:read',
  'GET /v1/approvals/:id': 'approvals:read',
  'POST /v1/approvals/:id/votes': 'approvals:vote',
  'POST /v1/approvals/:id/break-glass': 'approvals:break-glass',
  'POST /v1/approvals/:id/withdraw': 'approvals:write',

  'POST /v1/api-tokens': 'tokens:write',
  'GET /v1/api-tokens': 'tokens:read',
  'GET /v1/api-tokens/:id': 'tokens:read',
  'DELETE /v1/api-tokens/:id': 'tokens:write',
}

/** The line of a route; HEAD wants what GET wants. */
export const accessOf = (method: string, url: string): Access | undefined =>
  routeAccess[`${method === 'HEAD' ? 'GET' : method} ${url}`]

/** `admin` stands for every scope but the destructive one, which is always named. */
export const holds = (held: ReadonlySet<string>, wanted: Scope | PersonScope): boolean =>
  held.has(wanted) || (isScope(wanted) && wanted !== 'commands:destructive' && held.has('admin'))
