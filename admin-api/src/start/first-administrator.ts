/**
 * The first administrator as a person: invited where nobody administers, or could, so that an installation
 * has a way to its second person. The activation text is printed once, beside the first token, and good for
 * a day; a later start prints a new one while nobody has used it.
 */
import { uuidToText } from '@tillgate/protocol'
import { hasRole, type UserRow } from '@tillgate/gateway'

import { apiLimits } from '../limits.js'
import type { ApiServices } from '../services.js'

const login = 'administrator'
const actor = 'gateway'

const mayAdminister = (user: UserRow, nowMs: number): boolean =>
  hasRole(user, 'administrator') &&
  (user.state === 'ACTIVE' || (user.state === 'INVITED' && (user.activationEndsAtMs ?? 0) > nowMs))

const someoneAdministers = async ({ records, clock }: ApiServices): Promise<boolean> => {
  const limit = apiLimits.pageRowsMax
  for (let afterId = 0; ;) {
    const rows = await records.read('users', { afterId, limit })
    if (rows.some((row) => mayAdminister(row, clock.now()))) return true
    const last = rows.at(-1)
    if (last === undefined || rows.length < limit) return false
    afterId = last.id
  }
}

/** The activation text of the first administrator, or undefined where there is one. */
export const inviteFirstAdministrator = async (
  services: ApiServices,
): Promise<string | undefined> => {
  const { records, people, ids, clock } = services
  if (await someoneAdministers(services)) return undefined
  const { text, ...activation } = people.makeActivation()
  const uuid = ids.next()
  const publicId = uuidToText(uuid)
  const known = await records.read('user-by-login', { login })
  const isUnused = known?.state === 'INVITED'
  const about = { ...activation, actor, atMs: clock.now() }
  if (known !== undefined && isUnused) {
    const reason = 'the first activation was not used in time'
    await records.submit('reset-user', { uuid: known.uuid, ...about, reason })
    return text
  }
  const made = await records.submit('create-user', {
    ...{ uuid, publicId, ...about },
    // A login is given once; the first one may have left.
    login: known === undefined ? login : `${login}-${publicId.slice(-8)}`,
    name: 'Administrator',
    roles: 'administrator',
    agentId: null,
    acquirerCode: null,
  })
  // Another node that starts at this moment has invited him.
  return made.ok ? text : undefined
}
