/**
 * The columns whose values lie sealed under the sealing key itself, and what each value is bound to: what
 * a change of that key must seal anew. What lies under a scope's key is carried over with that key. Every
 * column of `tables.ts` that is called sealed stands here or among those of the scopes; a test holds that.
 */
import { toHex, uuidToText } from '@tillgate/protocol'
import type { Belonging } from '../ports/sealing.js'
import type { RowOf, TableName } from './tables.js'

/** A sealed column, and the columns that its binding is made of. */
interface SealedColumn<T extends TableName> {
  readonly table: T
  readonly column: keyof RowOf<T> & string
  belonging(row: RowOf<T>): Belonging
}

const sealedColumn = <T extends TableName>(column: SealedColumn<T>): SealedColumn<T> => column

export const scopeKeyBelonging = (scope: string): Belonging => ({ what: 'scope-key', whose: scope })

/** A session that ended may have left its key behind without its id: it can't be opened any more. */
const noSession = new Uint8Array(0)

export const userSecretBelonging = (uuid: Uint8Array): Belonging => ({
  what: 'user.totp',
  whose: uuidToText(uuid),
})

export const sealedColumns = {
  vault: sealedColumn({
    table: 'vault',
    column: 'sealedPart',
    belonging: ({ kind, name }) => ({ what: kind, whose: name }),
  }),
  scopeKey: sealedColumn({
    table: 'scopeKey',
    column: 'sealedPart',
    belonging: ({ scope }) => scopeKeyBelonging(scope),
  }),
  sessionKey: sealedColumn({
    table: 'terminal',
    column: 'sessionKey',
    belonging: ({ sn, sessionId }) => ({
      what: 'session-key',
      whose: `${sn} ${toHex(sessionId ?? noSession)}`,
    }),
  }),
  userSecret: sealedColumn({
    table: 'user',
    column: 'totpSecret',
    belonging: ({ uuid }) => userSecretBelonging(uuid),
  }),
} as const

export type SealedColumnName = keyof typeof sealedColumns
export const sealedColumnNames = Object.keys(sealedColumns) as readonly SealedColumnName[]

/** Sealed under the key of a scope. */
export const scopedColumns: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  document: ['sealedName', 'sealedSalt'],
  documentPart: ['sealedPart'],
  merchantContact: ['sealedTo'],
  notice: ['sealedCode'],
  registration: ['sealedCreditCode', 'sealedAccount'],
}
