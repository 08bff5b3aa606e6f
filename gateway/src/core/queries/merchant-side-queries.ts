/** What may be asked about the merchant's side: contacts, codes, notices, pages, fees, agreements. */
import type {
  CaseAgreementRow,
  CaseFeeRow,
  ConfirmCodeRow,
  MerchantContactRow,
  MerchantLinkRow,
  NoticeRow,
} from '../records/merchant-side-tables.js'
import type { Page, Query, Row } from './shape.js'

/** A notice with whom it is for. */
export interface NoticeView extends NoticeRow {
  readonly contactUuid: Uint8Array
  readonly channel: MerchantContactRow['channel']
  readonly language: MerchantContactRow['language']
  readonly masked: string
  readonly sealedTo: Uint8Array | null
  readonly merchantUuid: Uint8Array
  readonly merchantName: string
}

/** A page of a merchant, with whose it is and what it shows. */
export interface LinkView extends MerchantLinkRow {
  readonly merchantUuid: Uint8Array
  readonly merchantName: string
  readonly caseUuid: Uint8Array | null
}

export interface MerchantSideQueries {
  /** Ended ones too. */
  readonly contacts: Query<
    Page & { readonly merchantId: number; readonly live?: 0 | 1 },
    readonly MerchantContactRow[]
  >
  readonly 'contact-by-uuid': Query<{ readonly uuid: Uint8Array }, Row<MerchantContactRow>>
  /** The code that counts for a case now. */
  readonly 'live-code': Query<{ readonly caseId: number }, Row<ConfirmCodeRow>>
  /** Of the outbox, the longest due first. */
  readonly 'due-notices': Query<
    { readonly nowMs: number; readonly limit: number },
    readonly NoticeView[]
  >
  /** Ended ones too. */
  readonly 'link-by-hash': Query<{ readonly tokenHash: Uint8Array }, Row<LinkView>>
  readonly 'link-by-uuid': Query<{ readonly uuid: Uint8Array }, Row<LinkView>>
  readonly links: Query<Page & { readonly merchantId: number }, readonly LinkView[]>
  readonly notices: Query<Page & { readonly merchantId: number }, readonly NoticeView[]>
  /** Those that take another back too. */
  readonly 'fees-of-case': Query<Page & { readonly caseId: number }, readonly CaseFeeRow[]>
  /** The latest. */
  readonly 'agreement-of-case': Query<{ readonly caseId: number }, Row<CaseAgreementRow>>
  readonly 'agreement-version': Query<
    { readonly caseId: number; readonly version: number },
    Row<CaseAgreementRow>
  >
}
