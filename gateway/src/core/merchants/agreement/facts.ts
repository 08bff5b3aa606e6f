/**
 * What a closing agreement 解绑协议 says of one case. Its canonical JSON is kept with each version, so a
 * version is printed from nothing else, and two that say the same are one.
 */
import { canonicalJson, uuidToText } from '@tillgate/protocol'

import { unbindReasons } from '../../cases/reasons.js'
import type { BindingView, CaseView, StoreView } from '../../queries/queries.js'
import type { CaseFeeRow, MerchantRow } from '../../records/tables.js'

/** Rises with every change of the printed form: bytes of older versions stay what they were. */
export const agreementForm = 1

export interface AgreedFee {
  readonly kind: 'fee' | 'deposit'
  readonly amountMinor: number
  readonly currency: string
  readonly note: string
  readonly atMs: number
  /** It was taken back by a later note. */
  readonly withdrawn: boolean
}

export interface AgreementFacts {
  readonly form: number
  readonly case: string
  readonly acquirerCode: string
  readonly merchant: string
  readonly mid: string
  readonly tid: string
  readonly sn: string
  readonly tusn: string | null
  /** As it was reported to the registry, else the store with its address; null where neither is known. */
  readonly place: string | null
  readonly reason: { readonly code: string; readonly en: string; readonly zh: string }
  readonly askedAtMs: number
  /** The appointment; null where there is none. */
  readonly startsAtMs: number | null
  readonly deadlineMs: number
  readonly confirmedAtMs: number | null
  readonly confirmedHow: 'code' | 'counter' | null
  readonly fees: readonly AgreedFee[]
}

export interface AgreementSources {
  readonly unbindCase: CaseView
  readonly merchant: MerchantRow
  readonly binding: BindingView | undefined
  readonly store: StoreView | undefined
  readonly fees: readonly CaseFeeRow[]
}

const agreedFees = (rows: readonly CaseFeeRow[]): readonly AgreedFee[] => {
  const withdrawn = new Set(rows.map(({ withdrawsId }) => withdrawsId))
  return rows
    .filter(({ withdrawsId }) => withdrawsId === null)
    .map(({ id, kind, amountMinor, currency, note, createdAtMs }) => ({
      ...{ kind, amountMinor, currency, note },
      atMs: createdAtMs,
      withdrawn: withdrawn.has(id),
    }))
}

const placeOf = ({ binding, store }: AgreementSources): string | null => {
  const reported = binding?.placeOfDeployment ?? null
  return reported ?? (store === undefined ? null : `${store.name}, ${store.address}`)
}

export const agreementFacts = (sources: AgreementSources): AgreementFacts => {
  const { unbindCase, merchant, fees } = sources
  const { uuid, acquirerCode, mid, tid, sn, tusn, reason: code } = unbindCase
  const { createdAtMs, startsAtMs, deadlineMs, confirmedAtMs, confirmedHow } = unbindCase
  const { en, zh } = unbindReasons.find((one) => one.code === code) ?? { en: code, zh: code }
  return {
    ...{ acquirerCode, mid, tid, sn, tusn, deadlineMs, confirmedAtMs, confirmedHow },
    form: agreementForm,
    case: uuidToText(uuid),
    merchant: merchant.name,
    place: placeOf(sources),
    reason: { code, en, zh },
    askedAtMs: createdAtMs,
    startsAtMs: startsAtMs > createdAtMs ? startsAtMs : null,
    fees: agreedFees(fees),
  }
}

export const factsText = (facts: AgreementFacts): string => canonicalJson(facts)
export const readFacts = (text: string): AgreementFacts => JSON.parse(text) as AgreementFacts
