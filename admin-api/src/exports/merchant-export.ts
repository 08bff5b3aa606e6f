/**
 * What is held about one merchant, section by section and page by page, as the text of one JSON object: never
 * more than a page of it is in memory. Contacts and accounts are masked, codes and addresses of pages are not
 * in it, documents are named with their hashes. A section that has more rows than the limit says so.
 */
import Type from 'typebox'
import type { TSchema } from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import { caseLimits, type CaseView, type MerchantRow, type Page } from '@tillgate/gateway'

import { apiLimits } from '../limits.js'
import { bindingSchema, toBinding } from '../resources/binding.js'
import { caseAgreementSchema, toCaseAgreement } from '../resources/case-agreement.js'
import { caseFeeSchema, toCaseFees } from '../resources/case-fee.js'
import { documentSchema, toDocument } from '../resources/document.js'
import { ledgerEntrySchema, toLedgerEntry } from '../resources/ledger.js'
import { legalHoldSchema, toLegalHold } from '../resources/legal-hold.js'
import { merchantContactSchema, toMerchantContact } from '../resources/merchant-contact.js'
import { merchantLinkSchema, toMerchantLink } from '../resources/merchant-link.js'
import { merchantSchema, toMerchant } from '../resources/merchant.js'
import { noticeSchema, toNotice } from '../resources/notice.js'
import { storeSchema, toStore } from '../resources/store.js'
import { timeSchema } from '../resources/time.js'
import { toUnbindCase, unbindCaseSchema } from '../resources/unbind-case.js'
import type { ApiServices } from '../services.js'

type Records = ApiServices['records']

const object = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

const exportedCaseSchema = object({
  ...unbindCaseSchema.properties,
  fees: Type.Array(caseFeeSchema),
  agreement: Type.Union([caseAgreementSchema, Type.Null()]),
  legalHolds: Type.Array(legalHoldSchema),
  ledger: Type.Array(ledgerEntrySchema),
})

export const merchantExportSchema = object({
  export: object({ id: Type.String(), at: timeSchema, by: Type.String() }),
  merchant: merchantSchema,
  legalHolds: Type.Array(legalHoldSchema),
  stores: Type.Array(storeSchema),
  contacts: Type.Array(merchantContactSchema),
  bindings: Type.Array(bindingSchema),
  cases: Type.Array(exportedCaseSchema),
  notices: Type.Array(noticeSchema),
  documents: Type.Array(documentSchema),
  links: Type.Array(merchantLinkSchema),
  cut: Type.Array(Type.String(), {
    description: `Sections that hold more than ${String(apiLimits.exportRowsMax)} rows; the rest is in the lists.`,
  }),
})

export interface ExportOf {
  readonly merchant: MerchantRow
  readonly export: { readonly id: string; readonly at: string; readonly by: string }
}

interface Section {
  readonly name: string
  readonly read: (at: Page) => Promise<readonly { readonly id: number }[]>
  readonly show: (row: never) => unknown
}

/** Pages of at most this many rows. */
const limit = apiLimits.pageRowsMax

const holdsOf = async (records: Records, scope: string) =>
  (await records.read('legal-holds', { scope, afterId: 0, limit })).map(toLegalHold)

const caseWithAll = async (records: Records, view: CaseView) => {
  const caseId = view.id
  const feesMax = 2 * caseLimits.feesMax
  const [fees, agreement, ledger, legalHolds] = await Promise.all([
    records.read('fees-of-case', { caseId, afterId: 0, limit: feesMax }),
    records.read('agreement-of-case', { caseId }),
    records.read('events-of-case', { caseId, afterId: 0, limit: apiLimits.exportLinesPerCaseMax }),
    holdsOf(records, `case:${uuidToText(view.uuid)}`),
  ])
  return {
    ...toUnbindCase(view),
    fees: toCaseFees(fees),
    agreement: agreement === undefined ? null : toCaseAgreement(agreement),
    legalHolds,
    ledger: ledger.map(toLedgerEntry),
  }
}

const section = <Row extends { readonly id: number }>(
  name: string,
  read: (at: Page) => Promise<readonly Row[]>,
  show: (row: Row) => unknown,
): Section => ({ name, read, show: show as Section['show'] })

const sectionsOf = (records: Records, merchantId: number): readonly Section[] => [
  section('stores', (at) => records.read('stores', { ...at, merchantId }), toStore),
  section('contacts', (at) => records.read('contacts', { ...at, merchantId }), toMerchantContact),
  section('bindings', (at) => records.read('bindings', { ...at, merchantId }), toBinding),
  section(
    'cases',
    (at) => records.read('cases', { ...at, merchantId }),
    (view) => caseWithAll(records, view),
  ),
  section('notices', (at) => records.read('notices', { ...at, merchantId }), toNotice),
  section(
    'documents',
    (at) => records.read('documents', { ...at, merchantId }),
    (row) => toDocument(row, null),
  ),
  section('links', (at) => records.read('links', { ...at, merchantId }), toMerchantLink),
]

/** The rows of a section as JSON with commas between; answers whether there were more. */
async function* rowsOf({ read, show }: Section): AsyncGenerator<string, boolean> {
  let [afterId, rows] = [0, 0]
  for (;;) {
    const page = await read({ afterId, limit })
    for (const row of page) {
      if (rows >= apiLimits.exportRowsMax) return true
      yield `${rows === 0 ? '' : ','}${JSON.stringify(await show(row as never))}`
      rows += 1
      afterId = row.id
    }
    if (page.length < limit) return false
  }
}

export async function* merchantExport(
  { records }: Pick<ApiServices, 'records'>,
  { merchant, export: about }: ExportOf,
): AsyncGenerator<string, void> {
  const legalHolds = await holdsOf(records, `merchant:${uuidToText(merchant.uuid)}`)
  const head = { export: about, merchant: toMerchant(merchant), legalHolds }
  yield JSON.stringify(head).slice(0, -1)
  const cut: string[] = []
  for (const one of sectionsOf(records, merchant.id)) {
    yield `,"${one.name}":[`
    if (yield* rowsOf(one)) cut.push(one.name)
    yield ']'
  }
  yield `,"cut":${JSON.stringify(cut)}}`
}
