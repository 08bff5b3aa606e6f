/** What a reason wants of the merchant before anybody approves, and what of it is there. */
import type { DocumentKindName } from '../documents/kinds.js'
import type { UnbindCaseRow } from '../records/tables.js'
import { unbindReasons, type ReasonWants, type UnbindReason } from './reasons.js'
import type { WaitingCode } from './waiting.js'

export interface Paper {
  readonly kind: string
  /** The document's uuid, as text. */
  readonly document: string
  readonly who: string
  readonly atMs: number
}

const noWants: ReasonWants = { confirmation: false, documents: [] }
const reasons: readonly UnbindReason[] = unbindReasons
const byCode: ReadonlyMap<string, UnbindReason> = new Map(reasons.map((one) => [one.code, one]))

export const wantsOf = (reason: string): ReasonWants => byCode.get(reason)?.wants ?? noWants

/** What the merchant is told of such a case (`reasons.ts`). */
export const hearsOf = (reason: string): 'all' | 'end' | 'nothing' =>
  byCode.get(reason)?.hears ?? 'all'

/** The merchant is told nothing of such a case while it goes on. */
export const isQuietReason = (reason: string): boolean => hearsOf(reason) !== 'all'

export const readPapers = (json: string): readonly Paper[] => JSON.parse(json) as readonly Paper[]
export const writePapers = (papers: readonly Paper[]): string => JSON.stringify(papers)

type Wanting = Pick<UnbindCaseRow, 'reason' | 'papers' | 'confirmedAtMs'>

export const missingPapers = ({
  reason,
  papers,
}: Pick<Wanting, 'reason' | 'papers'>): readonly DocumentKindName[] => {
  const kept = new Set(readPapers(papers).map(({ kind }) => kind))
  return wantsOf(reason).documents.filter((kind) => !kept.has(kind))
}

/** As what a case waits for: known from its own row, so that no answer comes too late. */
export const stillWanted = (row: Wanting): readonly WaitingCode[] => [
  ...(wantsOf(row.reason).confirmation && row.confirmedAtMs === null
    ? (['MERCHANT_UNCONFIRMED'] as const)
    : []),
  ...(missingPapers(row).length > 0 ? (['DOCUMENT_MISSING'] as const) : []),
]

export interface ChecklistItem {
  /** \`MERCHANT_CONFIRMATION\`, or the kind of a document. */
  readonly item: string
  readonly satisfied: boolean
  readonly by: string | null
  readonly atMs: number | null
}

/** What the reason wants, item by item, with who brought it. */
export const checklistOf = (
  row: Wanting & Pick<UnbindCaseRow, 'confirmedBy'>,
): readonly ChecklistItem[] => {
  const papers = readPapers(row.papers)
  const { confirmation, documents } = wantsOf(row.reason)
  const itself: readonly ChecklistItem[] = confirmation
    ? [
        {
          item: 'MERCHANT_CONFIRMATION',
          satisfied: row.confirmedAtMs !== null,
          by: row.confirmedBy,
          atMs: row.confirmedAtMs,
        },
      ]
    : []
  return [
    ...itself,
    ...documents.map((kind) => {
      const paper = papers.find((one) => one.kind === kind)
      const { who = null, atMs = null } = paper ?? {}
      return { item: kind, satisfied: paper !== undefined, by: who, atMs }
    }),
  ]
}
