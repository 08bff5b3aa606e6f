/** The people of the back office that have a name: who asks, and who may vote. */
export interface Person {
  /** In the records: they were let in in this order. */
  readonly id: number
  readonly login: string
  readonly roles: string
}

/** May vote as well, but never on what she has asked for. */
export const maker: Person = { id: 1, login: 'mia', roles: 'approver maker' }

export const approvers: readonly Person[] = [
  { id: 2, login: 'ann', roles: 'approver' },
  { id: 3, login: 'bob', roles: 'approver' },
  { id: 4, login: 'cho', roles: 'approver auditor' },
]

export const staff: readonly Person[] = [maker, ...approvers]
