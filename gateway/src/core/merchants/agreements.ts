/**
 * Closing agreements of cases: read from the records what one says now, print and hash it, and have it kept
 * where that differs from the version before. Asked for by people, and by the reader of confirmations.
 */
import { equalBytes } from '@tillgate/protocol'

import { caseLimits } from '../cases/limits.js'
import type { NoticeLanguage } from '../ports/notices.js'
import type { Records } from '../ports/records.js'
import type { Digest } from '../ports/signing.js'
import type { Clock } from '../ports/system.js'
import type { CaseView } from '../queries/queries.js'
import type { CaseAgreementRow } from '../records/tables.js'
import type { Answer } from '../services/command-service.js'
import { refusal } from '../services/refusal.js'
import { agreementFacts, factsText, readFacts } from './agreement/facts.js'
import { agreementPage } from './agreement/page.js'

export interface Agreements {
  /** The version that says what is true now; it is made where there is none. */
  current(wish: {
    readonly uuid: Uint8Array
    readonly actor: string
  }): Promise<Answer<CaseAgreementRow>>
  /** An earlier one. */
  version(wish: {
    readonly uuid: Uint8Array
    readonly version: number
  }): Promise<Answer<CaseAgreementRow>>
}

export interface AgreementPorts {
  readonly records: Pick<Records, 'read' | 'submit'>
  readonly digest: Pick<Digest, 'sha256'>
  readonly clock: Clock
}

/** How often it is read anew where somebody else kept a version meanwhile. */
const triesMax = 3

/**
 * The bytes of a version, as they were when it was kept. Throws where they hash to something else: then the
 * form has changed without a new number, and nothing may be handed out as that version.
 */
export const printedAgreement = (
  { sha256 }: Pick<Digest, 'sha256'>,
  row: CaseAgreementRow,
  language: NoticeLanguage,
): Uint8Array => {
  const bytes = agreementPage(readFacts(row.facts), row, language)
  const kept = language === 'en' ? row.sha256En : row.sha256Zh
  if (!equalBytes(sha256(bytes), kept)) throw new Error('an agreement is not what was kept')
  return bytes
}

export const createAgreements = ({ records, digest, clock }: AgreementPorts): Agreements => {
  const factsOf = async (unbindCase: CaseView) => {
    const { id: caseId, bindingUuid, merchantUuid } = unbindCase
    const limit = 2 * caseLimits.feesMax
    const [binding, merchant, fees] = await Promise.all([
      records.read('binding-by-uuid', { uuid: bindingUuid }),
      records.read('merchant-by-uuid', { uuid: merchantUuid }),
      records.read('fees-of-case', { caseId, afterId: 0, limit }),
    ])
    if (merchant === undefined) throw new Error('a case of no merchant')
    const storeUuid = binding?.storeUuid ?? null
    const store =
      storeUuid === null ? undefined : await records.read('store-by-uuid', { uuid: storeUuid })
    return agreementFacts({ unbindCase, merchant, binding, store, fees })
  }

  const keep = async (unbindCase: CaseView, actor: string) => {
    const { id: caseId, terminalId } = unbindCase
    const facts = await factsOf(unbindCase)
    const latest = await records.read('agreement-of-case', { caseId })
    const text = factsText(facts)
    if (latest?.facts === text) return { ok: true, version: latest.version } as const
    const printed = { version: (latest?.version ?? 0) + 1, madeAtMs: clock.now() }
    return records.submit('keep-agreement', {
      ...{ caseId, terminalId, actor, facts: text, version: printed.version },
      sha256En: digest.sha256(agreementPage(facts, printed, 'en')),
      sha256Zh: digest.sha256(agreementPage(facts, printed, 'zh')),
      atMs: printed.madeAtMs,
    })
  }

  const version: Agreements['version'] = async ({ uuid, version: wanted }) => {
    const unbindCase = await records.read('case-by-uuid', { uuid })
    if (unbindCase === undefined) return refusal('NOT_FOUND', 'id')
    const of = { caseId: unbindCase.id, version: wanted }
    const row = await records.read('agreement-version', of)
    return row === undefined ? refusal('NOT_FOUND', 'version') : { ok: true, value: row }
  }

  return {
    version,
    async current({ uuid, actor }) {
      for (let tries = 1; ; tries += 1) {
        const unbindCase = await records.read('case-by-uuid', { uuid })
        if (unbindCase === undefined) return refusal('NOT_FOUND', 'id')
        const kept = await keep(unbindCase, actor)
        if (kept.ok) return version({ uuid, version: kept.version })
        if (kept.code !== 'CONFLICT' || tries >= triesMax) return refusal(kept.code)
      }
    },
  }
}
