/** How merchants are reached, the codes that confirm, and the outbox of notices. */
import type { LinkView, NoticeView } from '../../core/queries/queries.js'
import type {
  CaseAgreementRow,
  CaseFeeRow,
  ConfirmCodeRow,
  MerchantContactRow,
} from '../../core/records/tables.js'
import { asRows, builder, firstRow, limitParam, param, rowOf, type QueryTable } from './query.js'

const contacts = () => builder.selectFrom('merchant_contact').select(rowOf('merchantContact'))

const fees = () => builder.selectFrom('case_fee').select(rowOf('caseFee'))
const agreements = () => builder.selectFrom('case_agreement').select(rowOf('caseAgreement'))

const noticeView = () =>
  builder
    .selectFrom('notice')
    .innerJoin('merchant_contact', 'merchant_contact.id', 'notice.contact_id')
    .innerJoin('merchant', 'merchant.id', 'notice.merchant_id')
    .select(rowOf('notice'))
    .select([
      'merchant_contact.uuid as contactUuid',
      'merchant_contact.channel as channel',
      'merchant_contact.language as language',
      'merchant_contact.masked as masked',
      'merchant_contact.sealed_to as sealedTo',
      'merchant.uuid as merchantUuid',
      'merchant.name as merchantName',
    ])

const linkView = () =>
  builder
    .selectFrom('merchant_link')
    .innerJoin('merchant', 'merchant.id', 'merchant_link.merchant_id')
    .leftJoin('unbind_case', 'unbind_case.id', 'merchant_link.case_id')
    .select(rowOf('merchantLink'))
    .select([
      'merchant.uuid as merchantUuid',
      'merchant.name as merchantName',
      'unbind_case.uuid as caseUuid',
    ])

type MerchantSideQueryName =
  | 'contacts'
  | 'contact-by-uuid'
  | 'live-code'
  | 'due-notices'
  | 'notices'
  | 'link-by-hash'
  | 'link-by-uuid'
  | 'links'
  | 'fees-of-case'
  | 'agreement-of-case'
  | 'agreement-version'

export const merchantSideQueries: Pick<QueryTable, MerchantSideQueryName> = {
  contacts: {
    filters: ['live'],
    build: (_, has) => {
      const query = contacts()
        .where('merchant_id', '=', param<number>('merchantId'))
        .where('id', '>', param<number>('afterId'))
        .orderBy('id')
        .limit(limitParam())
      return has('live') ? query.where('live', '=', param<0 | 1>('live')) : query
    },
    answer: (rows) => asRows<MerchantContactRow>(rows),
  },
  'contact-by-uuid': {
    build: () => contacts().where('uuid', '=', param<Uint8Array>('uuid')),
    answer: (rows) => firstRow<MerchantContactRow>(rows),
  },
  'live-code': {
    build: () =>
      builder
        .selectFrom('confirm_code')
        .select(rowOf('confirmCode'))
        .where('case_id', '=', param<number>('caseId'))
        .where('live', '=', 1),
    answer: (rows) => firstRow<ConfirmCodeRow>(rows),
  },
  'due-notices': {
    build: () =>
      noticeView()
        .where('notice.due_at_ms', '<=', param<number>('nowMs'))
        .orderBy('notice.due_at_ms')
        .orderBy('notice.id')
        .limit(limitParam()),
    answer: (rows) => asRows<NoticeView>(rows),
  },
  'link-by-hash': {
    build: () => linkView().where('merchant_link.token_hash', '=', param<Uint8Array>('tokenHash')),
    answer: (rows) => firstRow<LinkView>(rows),
  },
  'link-by-uuid': {
    build: () => linkView().where('merchant_link.uuid', '=', param<Uint8Array>('uuid')),
    answer: (rows) => firstRow<LinkView>(rows),
  },
  links: {
    build: () =>
      linkView()
        .where('merchant_link.merchant_id', '=', param<number>('merchantId'))
        .where('merchant_link.id', '>', param<number>('afterId'))
        .orderBy('merchant_link.id')
        .limit(limitParam()),
    answer: (rows) => asRows<LinkView>(rows),
  },
  'fees-of-case': {
    build: () =>
      fees()
        .where('case_id', '=', param<number>('caseId'))
        .where('id', '>', param<number>('afterId'))
        .orderBy('id')
        .limit(limitParam()),
    answer: (rows) => asRows<CaseFeeRow>(rows),
  },
  'agreement-of-case': {
    build: () =>
      agreements()
        .where('case_id', '=', param<number>('caseId'))
        .orderBy('version', 'desc')
        .limit(1),
    answer: (rows) => firstRow<CaseAgreementRow>(rows),
  },
  'agreement-version': {
    build: () =>
      agreements()
        .where('case_id', '=', param<number>('caseId'))
        .where('version', '=', param<number>('version')),
    answer: (rows) => firstRow<CaseAgreementRow>(rows),
  },
  notices: {
    build: () =>
      noticeView()
        .where('notice.merchant_id', '=', param<number>('merchantId'))
        .where('notice.id', '>', param<number>('afterId'))
        .orderBy('notice.id')
        .limit(limitParam()),
    answer: (rows) => asRows<NoticeView>(rows),
  },
}
