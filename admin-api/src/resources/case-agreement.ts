/** The closing agreement of a case, as the API tells of it; what it says is the page itself. */
import Type from 'typebox'
import type { Static } from 'typebox'
import { toHex } from '@tillgate/protocol'
import type { CaseAgreementRow } from '@tillgate/gateway'

import { timeSchema, toTime } from './time.js'

const hash = Type.String({ pattern: '^[0-9a-f]{64}$' })

export const caseAgreementSchema = Type.Object(
  {
    version: Type.Integer(),
    sha256: Type.Object(
      { en: hash, zh: hash },
      { additionalProperties: false, description: 'Of the page’s bytes, by language.' },
    ),
    madeBy: Type.String(),
    madeAt: timeSchema,
  },
  { additionalProperties: false },
)

export const toCaseAgreement = (row: CaseAgreementRow): Static<typeof caseAgreementSchema> => ({
  version: row.version,
  sha256: { en: toHex(row.sha256En), zh: toHex(row.sha256Zh) },
  madeBy: row.madeBy,
  madeAt: toTime(row.madeAtMs),
})
