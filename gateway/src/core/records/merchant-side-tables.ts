/** How a merchant is reached, the codes that confirm a case, and the notices that wait to be sent. */
import type { NoticeChannel, NoticeLanguage } from '../ports/notices.js'

type Flag = 0 | 1

export interface MerchantContactRow {
  readonly id: number
  readonly uuid: Uint8Array
  readonly merchantId: number
  readonly channel: NoticeChannel
  readonly language: NoticeLanguage
  /** As people may see it. */
  readonly masked: string
  /** Telephone number, mailbox or webhook name, under the key of the merchant; null once it has ended. */
  readonly sealedTo: Uint8Array | null
  readonly live: Flag
  readonly createdBy: string
  readonly createdAtMs: number
  readonly endedBy: string | null
  readonly endedAtMs: number | null
}

/** One code that was sent; of a case only the newest is live. */
export interface ConfirmCodeRow {
  readonly id: number
  readonly caseId: number
  readonly contactId: number
  readonly salt: Uint8Array
  /** SHA-256 over salt, what is confirmed, and the code. */
  readonly codeHash: Uint8Array
  readonly tries: number
  readonly live: Flag
  readonly createdAtMs: number
  readonly expiresAtMs: number
  readonly usedAtMs: number | null
}

/** The outbox: a notice to one contact, until it is sent, refused or given up. */
export interface NoticeRow {
  readonly id: number
  /** The idempotency key under which it leaves. */
  readonly uuid: Uint8Array
  readonly merchantId: number
  readonly contactId: number
  readonly caseId: number | null
  readonly kind: string
  /** What brought it about; a contact is told of it once. */
  readonly cause: string
  /** What the text is made of: JSON object; no secret. */
  readonly data: string
  /** A one-time code, under the key of the merchant; null where there is none, or it has ended. */
  readonly sealedCode: Uint8Array | null
  readonly state: 'WAITING' | 'SENT' | 'REFUSED' | 'GIVEN_UP'
  readonly attempts: number
  /** When the loop looks at it; null once it has ended. */
  readonly dueAtMs: number | null
  readonly giveUpAtMs: number
  readonly createdAtMs: number
  readonly endedAtMs: number | null
}

/** A page of a merchant's own, for whoever has its address: of one case, or to ask for one. */
export interface MerchantLinkRow {
  readonly id: number
  readonly uuid: Uint8Array
  readonly merchantId: number
  /** Null until something was asked for. */
  readonly caseId: number | null
  /** SHA-256 of the address's secret part. */
  readonly tokenHash: Uint8Array
  readonly language: NoticeLanguage
  readonly expiresAtMs: number
  readonly createdBy: string
  readonly createdAtMs: number
  readonly revokedBy: string | null
  readonly revokedAtMs: number | null
}

/** A note of what is owed or held: it locks nothing. Taken back by another row, never changed. */
export interface CaseFeeRow {
  readonly id: number
  readonly uuid: Uint8Array
  readonly caseId: number
  readonly kind: 'fee' | 'deposit'
  /** In the currency's smallest unit; of a row that takes another back, that one's with the sign turned. */
  readonly amountMinor: number
  /** ISO 4217, alpha-3. */
  readonly currency: string
  readonly note: string
  /** The row that it takes back. */
  readonly withdrawsId: number | null
  readonly createdBy: string
  readonly createdAtMs: number
}

/** One version of a case's closing agreement: what it is printed from, and the hashes of the printed bytes. */
export interface CaseAgreementRow {
  readonly id: number
  readonly caseId: number
  /** From 1. */
  readonly version: number
  /** `AgreementFacts`, canonical JSON. */
  readonly facts: string
  readonly sha256En: Uint8Array
  readonly sha256Zh: Uint8Array
  readonly madeBy: string
  readonly madeAtMs: number
}

export interface MerchantSideTables {
  readonly merchantContact: MerchantContactRow
  readonly confirmCode: ConfirmCodeRow
  readonly notice: NoticeRow
  readonly merchantLink: MerchantLinkRow
  readonly caseFee: CaseFeeRow
  readonly caseAgreement: CaseAgreementRow
}

type Columns = {
  readonly [T in keyof MerchantSideTables]: {
    readonly [C in keyof MerchantSideTables[T]]: true
  }
}

export const merchantSideColumns: Columns = {
  merchantContact: {
    id: true,
    uuid: true,
    merchantId: true,
    channel: true,
    language: true,
    masked: true,
    sealedTo: true,
    live: true,
    createdBy: true,
    createdAtMs: true,
    endedBy: true,
    endedAtMs: true,
  },
  confirmCode: {
    id: true,
    caseId: true,
    contactId: true,
    salt: true,
    codeHash: true,
    tries: true,
    live: true,
    createdAtMs: true,
    expiresAtMs: true,
    usedAtMs: true,
  },
  notice: {
    id: true,
    uuid: true,
    merchantId: true,
    contactId: true,
    caseId: true,
    kind: true,
    cause: true,
    data: true,
    sealedCode: true,
    state: true,
    attempts: true,
    dueAtMs: true,
    giveUpAtMs: true,
    createdAtMs: true,
    endedAtMs: true,
  },
  merchantLink: {
    id: true,
    uuid: true,
    merchantId: true,
    caseId: true,
    tokenHash: true,
    language: true,
    expiresAtMs: true,
    createdBy: true,
    createdAtMs: true,
    revokedBy: true,
    revokedAtMs: true,
  },
  caseFee: {
    id: true,
    uuid: true,
    caseId: true,
    kind: true,
    amountMinor: true,
    currency: true,
    note: true,
    withdrawsId: true,
    createdBy: true,
    createdAtMs: true,
  },
  caseAgreement: {
    id: true,
    caseId: true,
    version: true,
    facts: true,
    sha256En: true,
    sha256Zh: true,
    madeBy: true,
    madeAtMs: true,
  },
}
