/**
 * One bounded piece of a change of the sealing key: a page of values of one column that lie under an older
 * key is sealed anew. A value that was changed meanwhile is left to the next look; one that does not open
 * is counted and left as it is, for its key may be the only one that ever opens it.
 */
import type { Records } from '../ports/records.js'
import type { SealingKeys } from '../ports/sealing.js'
import type { SealedRow } from '../queries/queries.js'
import { sealedColumns, type SealedColumnName } from '../records/sealed-columns.js'

export interface ResealPorts {
  readonly records: Pick<Records, 'read' | 'submit'>
  readonly sealing: SealingKeys
}

export interface ResealPage {
  readonly place: SealedColumnName
  /** The older key. */
  readonly kid: Uint8Array
  readonly afterId: number
  readonly limit: number
}

export interface ResealedPage {
  readonly resealed: number
  readonly damaged: number
  /** Where the next page begins; undefined behind the last. */
  readonly nextId: number | undefined
}

/** The compiler can't tie a row to its column by a name that comes at run time. */
interface LooseColumn {
  readonly column: string
  belonging(row: SealedRow): { readonly what: string; readonly whose: string }
}

export const resealPage = async (
  { records, sealing }: ResealPorts,
  { place, kid, afterId, limit }: ResealPage,
): Promise<ResealedPage> => {
  const { column, belonging } = sealedColumns[place] as unknown as LooseColumn
  const rows = await records.read('sealed-under', { place, kid, afterId, limit })
  const answers = await Promise.all(
    rows.map(async (row) => {
      const before = (row as unknown as Readonly<Record<string, Uint8Array>>)[column]
      if (before === undefined) return 'damaged'
      const of = belonging(row)
      const anew = await sealing.reseal(of, before)
      if (!anew.ok) return 'damaged'
      const { sealed: after, changed } = anew
      if (!changed) return 'left'
      const order = { place, id: row.id, whose: of.whose, before, after }
      return (await records.submit('replace-sealed-part', order)).ok ? 'resealed' : 'left'
    }),
  )
  const count = (wanted: string): number => answers.filter((answer) => answer === wanted).length
  return {
    resealed: count('resealed'),
    damaged: count('damaged'),
    nextId: rows.length === limit ? rows.at(-1)?.id : undefined,
  }
}
