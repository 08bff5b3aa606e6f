/**
 * The first administrator's token: made when no usable token could administer, so that nobody is
 * locked out of an own data folder (whoever can start the process owns it). It is made as the last
 * step of a start, just before it is printed, and printed nowhere else: never logged, never kept.
 */
import { uuidToText } from '@tillgate/protocol'
import type { ApiTokenRow } from '@tillgate/gateway'

import { hashTokenText, makeTokenText } from '../auth/token-text.js'
import { apiLimits } from '../limits.js'
import type { ApiServices } from '../services.js'

const actor = 'gateway'
/** Destructive orders are named apart: `admin` does not include them. */
const scopes = 'admin commands:destructive'

const administers = (row: ApiTokenRow, nowMs: number): boolean =>
  row.revokedAtMs === null && row.expiresAtMs > nowMs && row.scopes.split(' ').includes('admin')

const someoneAdministers = async ({ records, clock }: ApiServices): Promise<boolean> => {
  let afterId = 0
  for (;;) {
    const limit = apiLimits.pageRowsMax
    const rows = await records.read('api-tokens', { afterId, limit })
    if (rows.some((row) => administers(row, clock.now()))) return true
    const last = rows.at(-1)
    if (last === undefined || rows.length < limit) return false
    afterId = last.id
  }
}

/** The text of a new administrator's token, or undefined where there is a usable one. */
export const makeFirstToken = async (services: ApiServices): Promise<string | undefined> => {
  if (await someoneAdministers(services)) return undefined
  const token = makeTokenText(services)
  const uuid = services.ids.next()
  const atMs = services.clock.now()
  const result = await services.records.submit('create-api-token', {
    uuid,
    publicId: uuidToText(uuid),
    // A name is given once; this may not be the first folder's first token.
    name: `administrator-${uuidToText(uuid).slice(-8)}`,
    tokenHash: hashTokenText(services, token),
    scopes,
    expiresAtMs: atMs + apiLimits.tokenLifetimeSecondsMax * 1_000,
    actor,
    atMs,
  })
  if (!result.ok) throw new Error(`the first token was refused: ${result.code}`)
  return token
}
