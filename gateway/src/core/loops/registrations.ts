/**
 * The loop that reports bindings to the terminal registry (报备) and tells it of those that came to nothing. The
 * account and the credit code are opened for the call alone. A report repeated has the same key, so a crash
 * between answer and commit costs a call and no more.
 */
import { uuidToText } from '@tillgate/protocol'

import { registrationLimits } from '../bindings/registration-pace.js'
import { elementBelonging, merchantScope } from '../merchants/belongings.js'
import { withoutAccounts } from '../masking/without-accounts.js'
import type { InputOf } from '../operations/catalogue.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Registry } from '../ports/registry.js'
import type { Clock, DurationMs, Ids, Timers } from '../ports/system.js'
import type { DueRegistration } from '../queries/registration-queries.js'
import type { ScopeSealing } from '../sealing/scope-sealing.js'
import { textOf } from '../sealing/text-of.js'
import { createLoop, type Loop } from './pace.js'

export interface RegistrationLoopPorts {
  readonly records: Records
  readonly registry: Registry
  readonly scopes: ScopeSealing
  readonly clock: Clock
  readonly timers: Timers
  readonly ids: Ids
  readonly log: Log
  readonly beatMs?: DurationMs
  nudgeLane(terminalId: number): void
  mayRun?(): boolean
}

type Answer = InputOf<'record-registration'>['answer']

type Opened =
  | { readonly ok: true; readonly creditCode: string; readonly settlementAccount: string }
  | { readonly ok: false; readonly answer: Answer }

/** Not a reason of a case: there was none, and the registry's mapping needs a word. */
const withdrawnReason = 'OTHER'

export const createRegistrationLoop = (ports: RegistrationLoopPorts): Loop => {
  const { records, registry, scopes, clock, ids, log } = ports

  const opened = async (row: DueRegistration): Promise<Opened> => {
    const sealing = scopes.of(merchantScope(row.merchantUuid))
    const [code, account] = await Promise.all([
      sealing.open(elementBelonging('credit-code', row.bindingUuid), row.sealedCreditCode),
      sealing.open(elementBelonging('account', row.bindingUuid), row.sealedAccount),
    ])
    if (code.ok && account.ok) {
      const creditCode = textOf(code.secret)
      return { ok: true, creditCode, settlementAccount: textOf(account.secret) }
    }
    const isLater = [code, account].some((one) => !one.ok && one.code === 'UNAVAILABLE')
    return { ok: false, answer: { is: isLater ? 'unknown' : 'impossible' } }
  }

  const warn = (row: DueRegistration, code: string, detail = ''): void => {
    log.warn('the registry has not taken what it was told of a binding', {
      ...{ binding: uuidToText(row.bindingUuid), sn: row.sn, state: row.state, code },
      calls: row.attempts + 1,
      detail: withoutAccounts(detail),
    })
  }

  const associationOf = ({ acquirerCode, mid, tid, sn, tusn }: DueRegistration) => ({
    ...{ acquirerCode, mid, tid, sn, tusn },
  })

  const askFor = async (row: DueRegistration): Promise<Answer> => {
    const elements = await opened(row)
    if (!elements.ok) {
      warn(row, elements.answer.is)
      return elements.answer
    }
    const { creditCode, settlementAccount } = elements
    const answer = await registry.register({
      ...associationOf(row),
      ...{ creditCode, settlementAccount, placeOfDeployment: row.placeOfDeployment },
      idempotencyKey: uuidToText(row.bindingUuid),
    })
    if (answer.ok) return { is: 'enabled', reference: answer.reference }
    warn(row, answer.code, answer.detail)
    return { is: answer.code === 'refused' ? 'refused' : 'unknown' }
  }

  const report = async (row: DueRegistration): Promise<void> => {
    const answer = await askFor(row)
    const { bindingId, terminalId } = row
    const recorded = await records.submit('record-registration', {
      ...{ bindingId, terminalId, answer, commandUuid: ids.next() },
      atMs: clock.now(),
    })
    if (recorded.ok && recorded.state === 'ENABLED') ports.nudgeLane(terminalId)
  }

  const cancel = async (row: DueRegistration): Promise<void> => {
    const answer = await registry.deregister({
      ...associationOf(row),
      reason: withdrawnReason,
      idempotencyKey: uuidToText(row.uuid),
    })
    if (!answer.ok) warn(row, answer.code, answer.detail)
    const { bindingId, terminalId } = row
    await records.submit('record-cancelling', {
      ...{ bindingId, terminalId, isCancelled: answer.ok },
      atMs: clock.now(),
    })
  }

  const turn = async (): Promise<boolean> => {
    const limit = registrationLimits.callsPerTurnMax
    const due = await records.read('due-registrations', { nowMs: clock.now(), limit })
    const steps = await Promise.allSettled(
      due.map((row) => (row.state === 'CANCELLING' ? cancel(row) : report(row))),
    )
    const failed = steps.find((one) => one.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    return due.length === limit
  }

  return createLoop({ name: 'registrations', ...ports, turn })
}
