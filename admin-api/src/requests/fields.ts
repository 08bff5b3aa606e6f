/**
 * The fields that several requests share, each with its rule, and how their texts become values.
 * Lengths are part of the pattern: it counts code points, whatever the reader draws from them.
 */
import Type from 'typebox'
import { fromHex, uuidFromText, wireLimits } from '@tillgate/protocol'

import { apiLimits } from '../limits.js'
import { invalidField } from '../problems/problem.js'

const between = (min: number, max: number): string => `{${String(min)},${String(max)}}`

/** One line of any script: no control characters, no lone surrogates, no byte-order marks. */
export const line = (max: number, options: { description?: string; examples?: string[] } = {}) =>
  Type.String({
    ...options,
    pattern: `^[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\ufffd\\ufeff\\ufffe\\uffff]${between(1, max)}$`,
  })

/** Printable ASCII without spaces. */
const graphic = (max: number, examples: string[]) =>
  Type.String({ pattern: `^[!-~]${between(1, max)}$`, examples })

const token = (max: number, examples: string[]) =>
  Type.String({ pattern: `^[A-Za-z0-9._-]${between(1, max)}$`, examples })

export const uuidField = Type.String({
  pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
  examples: ['0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69'],
})
export const sha256Field = Type.String({
  pattern: '^[0-9a-fA-F]{64}$',
  examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
})
export const snField = token(wireLimits.snLengthMax, ['PAX-A920-000017'])
export const acquirerCodeField = token(wireLimits.acquirerCodeLengthMax, ['48020000'])
export const midField = graphic(wireLimits.midLengthMax, ['898440353110001'])
export const tidField = graphic(wireLimits.tidLengthMax, ['10000017'])
export const reasonField = Type.String({
  pattern: `^[ -~]${between(1, wireLimits.reasonLengthMax)}$`,
  examples: ['stolen'],
})
export const vendorField = token(apiLimits.vendorLengthMax, ['PAX'])
export const modelField = Type.String({
  pattern: `^[ -~]${between(1, wireLimits.modelLengthMax)}$`,
  examples: ['A920'],
})

/** What the patterns have let through parses; anything else is a bug of theirs, named by its field. */
export const uuidOf = (field: string, text: string): Uint8Array => {
  const uuid = uuidFromText(text)
  if (uuid === undefined) throw invalidField(field, 'must be a UUID')
  return uuid
}

export const hashOf = (field: string, text: string): Uint8Array => {
  const bytes = fromHex(text)
  if (bytes?.length !== wireLimits.hashBytes) throw invalidField(field, 'must be a SHA-256 in hex')
  return bytes
}
