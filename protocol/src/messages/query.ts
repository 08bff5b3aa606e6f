// Query (down, ordinary key): what became of this command? The terminal stores the sequence before
// it answers with Status, so that "not seen" also means "never will be". README.md §10.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'

export interface Query {
  readonly kind: 'query'
  readonly commandId: Uint8Array
  readonly seq: number
}

export const readQuery = (from: tillgate.v1.Query.$Properties, fields: FieldReader): Query => ({
  kind: 'query',
  commandId: fields.bytes('commandId', from.commandId, wireLimits.idBytes),
  seq: fields.uint('seq', from.seq, 1, wireLimits.sequenceMax),
})

export const writeQuery = (message: Query): tillgate.v1.Query.$Properties => message
