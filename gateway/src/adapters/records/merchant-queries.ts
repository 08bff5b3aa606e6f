/** Merchants, stores, and the bindings of terminals to them. */
import type { BindingView, StoreView } from '../../core/queries/queries.js'
import type { DueRegistration } from '../../core/queries/registration-queries.js'
import type { MerchantRow } from '../../core/records/tables.js'
import { asRows, builder, firstRow, limitParam, param, rowOf, type QueryTable } from './query.js'

const bindingView = () =>
  builder
    .selectFrom('binding')
    .innerJoin('terminal', 'terminal.id', 'binding.terminal_id')
    .innerJoin('merchant', 'merchant.id', 'binding.merchant_id')
    .leftJoin('store', 'store.id', 'binding.store_id')
    .leftJoin('registration', 'registration.binding_id', 'binding.id')
    .select(rowOf('binding'))
    .select(['terminal.sn as sn', 'merchant.uuid as merchantUuid', 'store.uuid as storeUuid'])
    .select([
      'registration.state as registration',
      'registration.reference as registryReference',
      'registration.attempts as registryCalls',
      'registration.shown_credit_code as shownCreditCode',
      'registration.masked_account as maskedAccount',
      'registration.place_of_deployment as placeOfDeployment',
    ])

const storeView = () =>
  builder
    .selectFrom('store')
    .innerJoin('merchant', 'merchant.id', 'store.merchant_id')
    .select(rowOf('store'))
    .select('merchant.uuid as merchantUuid')

type MerchantQueryName =
  | 'merchant-by-uuid'
  | 'merchants'
  | 'store-by-uuid'
  | 'stores'
  | 'binding-by-uuid'
  | 'bindings'
  | 'due-registrations'

export const merchantQueries: Pick<QueryTable, MerchantQueryName> = {
  'merchant-by-uuid': {
    build: () =>
      builder
        .selectFrom('merchant')
        .select(rowOf('merchant'))
        .where('uuid', '=', param<Uint8Array>('uuid')),
    answer: (rows) => firstRow<MerchantRow>(rows),
  },
  merchants: {
    build: () =>
      builder
        .selectFrom('merchant')
        .select(rowOf('merchant'))
        .where('id', '>', param<number>('afterId'))
        .orderBy('id')
        .limit(limitParam()),
    answer: (rows) => asRows<MerchantRow>(rows),
  },
  'store-by-uuid': {
    build: () => storeView().where('store.uuid', '=', param<Uint8Array>('uuid')),
    answer: (rows) => firstRow<StoreView>(rows),
  },
  stores: {
    filters: ['merchantId'],
    build: (_, has) => {
      const query = storeView()
        .where('store.id', '>', param<number>('afterId'))
        .orderBy('store.id')
        .limit(limitParam())
      return has('merchantId')
        ? query.where('store.merchant_id', '=', param<number>('merchantId'))
        : query
    },
    answer: (rows) => asRows<StoreView>(rows),
  },
  'binding-by-uuid': {
    build: () => bindingView().where('binding.uuid', '=', param<Uint8Array>('uuid')),
    answer: (rows) => firstRow<BindingView>(rows),
  },
  bindings: {
    filters: ['terminalId', 'merchantId', 'live'],
    build: (_, has) => {
      let query = bindingView()
        .where('binding.id', '>', param<number>('afterId'))
        .orderBy('binding.id')
        .limit(limitParam())
      if (has('terminalId'))
        query = query.where('binding.terminal_id', '=', param<number>('terminalId'))
      if (has('merchantId'))
        query = query.where('binding.merchant_id', '=', param<number>('merchantId'))
      return has('live') ? query.where('binding.live', '=', param<0 | 1>('live')) : query
    },
    answer: (rows) => asRows<BindingView>(rows),
  },
  'due-registrations': {
    build: () =>
      builder
        .selectFrom('registration')
        .innerJoin('binding', 'binding.id', 'registration.binding_id')
        .innerJoin('terminal', 'terminal.id', 'binding.terminal_id')
        .innerJoin('merchant', 'merchant.id', 'binding.merchant_id')
        .select(rowOf('registration'))
        .select([
          'binding.uuid as bindingUuid',
          'binding.terminal_id as terminalId',
          'binding.acquirer_code as acquirerCode',
          'binding.mid as mid',
          'binding.tid as tid',
          'terminal.sn as sn',
          'terminal.tusn as tusn',
          'merchant.uuid as merchantUuid',
        ])
        .where('registration.due_at_ms', '<=', param<number>('nowMs'))
        .orderBy('registration.due_at_ms')
        .limit(limitParam()),
    answer: (rows) => asRows<DueRegistration>(rows),
  },
}
