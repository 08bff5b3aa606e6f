/**
 * Pages: `limit` rows after a cursor, in the order of creation. A cursor is opaque to callers: the
 * list's name and the last row's position, in base64url. It opens nothing and is checked strictly.
 */
import { Buffer } from 'node:buffer'
import Type from 'typebox'
import type { TSchema } from 'typebox'
import type { Page } from '@tillgate/gateway'

import { apiLimits } from '../limits.js'
import { problem } from '../problems/problem.js'

export const pageQuery = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: apiLimits.pageRowsMax,
      description: `Rows at most; ${String(apiLimits.pageRowsDefault)} where it is left out.`,
    }),
  ),
  cursor: Type.Optional(
    Type.String({ description: '`nextCursor` of the page before. Leave it out for the first.' }),
  ),
}

export const pageOf = <T extends TSchema>(items: T) =>
  Type.Object(
    {
      items: Type.Array(items),
      nextCursor: Type.Union([Type.String(), Type.Null()], {
        description: 'Null on the last page.',
      }),
    },
    { additionalProperties: false },
  )

export const encodeCursor = (list: string, afterId: number): string =>
  Buffer.from(`${list}:${String(afterId)}`, 'latin1').toString('base64url')

export const badCursor = (
  field = 'cursor',
  rule = 'must be the nextCursor of a page of this list',
) => problem('BAD_CURSOR', { errors: [{ field, rule }] })

/** Undefined where it is no cursor of this list. */
export const decodeCursor = (list: string, cursor: string): number | undefined => {
  if (cursor.length > apiLimits.cursorLengthMax) return undefined
  const [name, digits] = Buffer.from(cursor, 'base64url').toString('latin1').split(':')
  if (name !== list || digits === undefined || !/^[1-9][0-9]{0,14}$/.test(digits)) return undefined
  // One position has one text: Buffer forgives what is not base64url.
  return encodeCursor(list, Number(digits)) === cursor ? Number(digits) : undefined
}

interface PageRequest {
  readonly limit?: number
  readonly cursor?: string
}

/** Asks for one row more than wanted, to know whether there is a next page. */
export const readPage = async <Row extends { readonly id: number }>(
  list: string,
  { limit = apiLimits.pageRowsDefault, cursor }: PageRequest,
  read: (page: Page) => Promise<readonly Row[]>,
): Promise<{ readonly rows: readonly Row[]; readonly nextCursor: string | null }> => {
  const afterId = cursor === undefined ? 0 : decodeCursor(list, cursor)
  if (afterId === undefined) throw badCursor()
  const found = await read({ afterId, limit: limit + 1 })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const more = found.length > limit && last !== undefined
  return { rows, nextCursor: more ? encodeCursor(list, last.id) : null }
}
