/** `scope` in a request: whose a thing is, `case:<uuid>`, and the merchant whom it concerns. */
import Type from 'typebox'
import { parseScope, scopeNouns, type Scope } from '@tillgate/gateway'

import { invalidField, notFound } from '../problems/problem.js'
import type { ApiServices } from '../services.js'
import { uuidOf } from './fields.js'

export const scopeField = Type.String({
  pattern: `^(${scopeNouns.join('|')}):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`,
  description: 'Whose it is: a noun and its id, in lower case.',
  examples: ['merchant:0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69'],
})

export const scopeOf = (text: string): Scope => {
  const scope = parseScope(text)
  if (scope === undefined) throw invalidField('scope', 'must be a noun and an id')
  return scope
}

/** Whose documents they are that are uploaded for this scope: a merchant or a case of one. */
export const merchantIdOfScope = async (
  { records }: Pick<ApiServices, 'records'>,
  { noun, uuid: text }: Scope,
): Promise<number> => {
  const uuid = uuidOf('scope', text)
  if (noun === 'merchant') {
    const row = await records.read('merchant-by-uuid', { uuid })
    if (row !== undefined) return row.id
  } else if (noun === 'case') {
    const row = await records.read('case-by-uuid', { uuid })
    if (row !== undefined) return row.merchantId
  } else {
    throw invalidField('scope', 'must be a merchant or a case, for a document')
  }
  throw notFound('scope', noun)
}
