/**
 * report-binding: a terminal is given to a merchant, and the registry is asked first: the binding with its epoch
 * and what it is registered with, in one transaction. Its Bind is ordered once the registry has said yes
 * (`record-registration.ts`). Account and credit code come sealed; the ledger names them as people may see them.
 * Results: as order-binding.
 * Events: binding.reporting.
 */
import type { RegistrationRow } from '../records/tables.js'
import { event } from './event.js'
import { remember } from './idempotency.js'
import { freshId, insert, operation, together, update, type Load } from './operation.js'
import {
  bindingRow,
  decideBinding,
  loadForBinding,
  type BindingRows,
  type NewBinding,
  type OrderBindingResult,
} from './order-binding.js'

export interface ReportBindingInput extends NewBinding {
  readonly registrationUuid: Uint8Array
  readonly sealedCreditCode: Uint8Array
  readonly shownCreditCode: string
  readonly sealedAccount: Uint8Array
  readonly maskedAccount: string
  readonly placeOfDeployment: string
  readonly deliverWithinMs: number
}

export interface ReportBindingRows extends BindingRows {
  readonly registrationId: number
}

function* load(input: ReportBindingInput): Load<ReportBindingRows> {
  const { rows, registrationId } = yield* together({
    rows: loadForBinding(input),
    registrationId: freshId('registration'),
  })
  return { ...rows, registrationId }
}

const registrationRow = (
  input: ReportBindingInput,
  { registrationId, bindingId }: ReportBindingRows,
): RegistrationRow => ({
  id: registrationId,
  uuid: input.registrationUuid,
  bindingId,
  sealedCreditCode: input.sealedCreditCode,
  shownCreditCode: input.shownCreditCode,
  sealedAccount: input.sealedAccount,
  maskedAccount: input.maskedAccount,
  placeOfDeployment: input.placeOfDeployment,
  payload: input.payload,
  deliverWithinMs: input.deliverWithinMs,
  state: 'REPORTING',
  reference: null,
  attempts: 0,
  dueAtMs: input.atMs,
  createdAtMs: input.atMs,
  answeredAtMs: null,
})

export const reportBinding = operation<ReportBindingInput, ReportBindingRows, OrderBindingResult>({
  name: 'report-binding',
  load,
  decide: (rows, input) =>
    decideBinding(rows, input, (terminal) => {
      const { bindingId } = rows
      const { actor, atMs, bindingPublicId, maskedAccount, shownCreditCode } = input
      const epoch = terminal.issuedEpoch + 1
      return {
        writes: [
          update('terminal', terminal.id, { issuedEpoch: epoch }),
          insert(
            'binding',
            bindingRow(input, { id: bindingId, bindCommandId: null, epoch, state: 'REPORTING' }),
          ),
          insert('registration', registrationRow(input, rows)),
          event({
            ...{ atMs, actor, terminalId: terminal.id, bindingId },
            kind: 'binding.reporting',
            data: {
              ...{ binding: bindingPublicId, epoch },
              ...{ account: maskedAccount, creditCode: shownCreditCode },
            },
          }),
          ...remember(input.idempotency, { kind: 'binding', id: bindingPublicId, atMs }),
        ],
        result: { ok: true, bindingPublicId, replayed: false },
      }
    }),
})
