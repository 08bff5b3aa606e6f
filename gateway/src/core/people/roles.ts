/**
 * The roles of architecture §8. What a role may ask of the API stands in admin-api; what only a person in
 * a role may decide stands in `core/approvals`. An agent may ask and never approves, so the two exclude
 * each other.
 */
export const personRoles = ['administrator', 'agent', 'approver', 'auditor', 'maker'] as const
export type PersonRole = (typeof personRoles)[number]

export const isPersonRole = (text: string): text is PersonRole =>
  (personRoles as readonly string[]).includes(text)

/** As they are stored: sorted, separated by single spaces. */
export const rolesText = (roles: readonly PersonRole[]): string =>
  [...new Set(roles)].sort().join(' ')

export const rolesOf = ({ roles }: { readonly roles: string }): readonly PersonRole[] =>
  roles.split(' ').filter(isPersonRole)

export const hasRole = (user: { readonly roles: string }, role: PersonRole): boolean =>
  rolesOf(user).includes(role)

/** Why these can't be the roles of one person; undefined where they can. */
export const rolesFault = (
  roles: readonly PersonRole[],
  agentId: string | null,
): 'none' | 'agent-approves' | 'agent-id' | undefined => {
  if (roles.length === 0) return 'none'
  const isAgent = roles.includes('agent')
  if (isAgent && (roles.includes('approver') || roles.includes('administrator'))) {
    return 'agent-approves'
  }
  return isAgent === (agentId !== null) ? undefined : 'agent-id'
}
