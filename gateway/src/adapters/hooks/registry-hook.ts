/**
 * The terminal registry behind signed hooks: `registry.register`, `registry.deregister`. Where codes are
 * configured the call carries the acquirer's own for the act, and its answer is read by its table: a
 * code that is not in it is no answer, and an acquirer without a table is refused, never guessed.
 * The settlement account goes out in the message and nowhere else.
 */
import { maskAccount } from '../../core/masking/mask-account.js'
import type {
  Deregistration,
  RegisteredAssociation,
  Registration,
  Registry,
  RegistryAnswer,
} from '../../core/ports/registry.js'
import { detailOf, isText, type Fields } from './answer.js'
import { isHookId, type Hook } from './hook.js'
import { hookLimits } from './limits.js'
import type { AcquirerCodes, RegistryCodes } from './registry-codes.js'

type Meaning = 'ok' | 'refused'

const refused = (detail: string): RegistryAnswer => ({ ok: false, code: 'refused', detail })

const byWord = ({ outcome }: Fields): Meaning | undefined => {
  if (outcome === 'done' || outcome === 'already') return 'ok'
  return outcome === 'refused' ? 'refused' : undefined
}

const byCode =
  ({ answers }: AcquirerCodes) =>
  ({ code }: Fields): Meaning | undefined => {
    if (typeof code !== 'string') return undefined
    if (answers.ok.includes(code) || answers.already.includes(code)) return 'ok'
    return answers.refused.includes(code) ? 'refused' : undefined
  }

/** A receiver may say in its answer what it was told. */
const hiding = (fields: Fields, account: string | undefined): Fields => {
  const { detail } = fields
  return typeof detail === 'string' && account !== undefined && account !== ''
    ? { ...fields, detail: detail.replaceAll(account, maskAccount(account)) }
    : fields
}

const reading =
  (meaningOf: (fields: Fields) => Meaning | undefined, account: string | undefined) =>
  (fields: Fields): RegistryAnswer | undefined => {
    const { reference, code } = fields
    const meaning = meaningOf(fields)
    if (meaning === 'refused') {
      const shown = hiding(fields, account)
      return refused(detailOf(shown, typeof code === 'string' ? `code ${code}` : 'refused'))
    }
    return meaning === 'ok' && isText(reference, hookLimits.referenceLengthMax)
      ? { ok: true, reference }
      : undefined
  }

const associationOf = ({ acquirerCode, mid, tid, sn, tusn }: RegisteredAssociation) => ({
  ...{ acquirerCode, mid, tid, sn, tusn },
})

interface Act {
  readonly type: 'registry.register' | 'registry.deregister'
  readonly act: 'enable' | 'cancel'
  readonly id: string
  readonly association: RegisteredAssociation
  readonly more: Readonly<Record<string, string>>
  readonly account?: string
}

export const createRegistryHook = (hook: Hook, codes?: RegistryCodes): Registry => {
  const call = async ({
    type,
    act,
    id,
    association,
    more,
    account,
  }: Act): Promise<RegistryAnswer> => {
    if (!isHookId(id)) return refused('a key that no header carries')
    const { acquirerCode } = association
    const own = codes?.get(acquirerCode)
    if (codes !== undefined && own === undefined) {
      return refused(`no registry codes are configured for acquirer ${acquirerCode}`)
    }
    const called = await hook.call({
      ...{ id, type },
      data: {
        ...associationOf(association),
        ...more,
        ...(own === undefined ? {} : { actCode: own.acts[act] }),
      },
      known: own === undefined ? ['outcome', 'reference'] : ['code', 'reference'],
      read: reading(own === undefined ? byWord : byCode(own), account),
    })
    return called.ok ? called.answer : { ok: false, code: 'unavailable', detail: called.detail }
  }

  return {
    register(registration: Registration) {
      const { creditCode, settlementAccount, placeOfDeployment, idempotencyKey: id } = registration
      return call({
        ...{ type: 'registry.register', act: 'enable', id, association: registration },
        more: { creditCode, settlementAccount, placeOfDeployment },
        account: settlementAccount,
      })
    },
    deregister(deregistration: Deregistration) {
      const { reason, idempotencyKey: id } = deregistration
      const association = deregistration
      const type = 'registry.deregister'
      return call({ type, act: 'cancel', id, association, more: { reason } })
    },
  }
}
