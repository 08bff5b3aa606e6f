/** A note of a fee or a deposit, as the API shows it. */
import Type from 'typebox'
import type { Static } from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import { feeKinds, type CaseFeeRow } from '@tillgate/gateway'

import { timeSchema, toTime } from './time.js'

export const caseFeeSchema = Type.Object(
  {
    id: Type.String(),
    kind: Type.Enum([...feeKinds]),
    amountMinor: Type.Integer({
      description:
        'In the smallest unit of the currency. Of a note that takes another back, with the sign turned.',
    }),
    currency: Type.String({ examples: ['CNY'] }),
    note: Type.String(),
    withdraws: Type.Union([Type.String(), Type.Null()], {
      description: 'The note that it takes back.',
    }),
    withdrawn: Type.Boolean({ description: 'A later note takes it back.' }),
    createdBy: Type.String(),
    createdAt: timeSchema,
  },
  { additionalProperties: false },
)

/** All notes of one case, in the order in which they were made. */
export const toCaseFees = (
  rows: readonly CaseFeeRow[],
): readonly Static<typeof caseFeeSchema>[] => {
  const ids = new Map(rows.map(({ id, uuid }) => [id, uuidToText(uuid)]))
  const withdrawn = new Set(rows.map(({ withdrawsId }) => withdrawsId))
  return rows.map((row) => ({
    id: uuidToText(row.uuid),
    kind: row.kind,
    amountMinor: row.amountMinor,
    currency: row.currency,
    note: row.note,
    withdraws: row.withdrawsId === null ? null : (ids.get(row.withdrawsId) ?? null),
    withdrawn: withdrawn.has(row.id),
    createdBy: row.createdBy,
    createdAt: toTime(row.createdAtMs),
  }))
}
