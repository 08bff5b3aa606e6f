/**
 * What the API asks for merchants: how they are reached, and that a case is confirmed. Numbers and codes are
 * sealed here before an operation sees them. Codes are compared as hashes, in the records.
 */
import { utf8, uuidToText, type ErrorCode } from '@tillgate/protocol'

import type { ConfirmedBy } from '../operations/confirm-case.js'
import type { IdempotencyClaim } from '../operations/idempotency.js'
import type { NoticeChannel, NoticeLanguage } from '../ports/notices.js'
import type { Records } from '../ports/records.js'
import type { Digest } from '../ports/signing.js'
import type { Clock, Entropy, EpochMs, Ids } from '../ports/system.js'
import type { CaseView } from '../queries/queries.js'
import type { ScopeSealing } from '../sealing/scope-sealing.js'
import type { Answer } from '../services/command-service.js'
import { refusal } from '../services/refusal.js'
import { codeBelonging, contactBelonging, merchantScope } from './belongings.js'
import { hashCode, makeCode } from './codes.js'
import { contactFault, maskContact } from './contacts.js'
import { merchantLimits } from './limits.js'

export interface NewContact {
  /** Its id where it is made now; an earlier request's has another. */
  readonly uuid: Uint8Array
  readonly merchantUuid: Uint8Array
  readonly channel: NoticeChannel
  readonly to: string
  readonly language: NoticeLanguage
  readonly actor: string
  readonly idempotency?: IdempotencyClaim
}

interface Act {
  readonly uuid: Uint8Array
  readonly actor: string
}

export interface SentCode {
  readonly sentTo: string
  readonly expiresAtMs: EpochMs
}

export interface MerchantSide {
  addContact(wish: NewContact): Promise<Answer<{ readonly publicId: string }>>
  /** A fresh code to this contact; earlier ones of the case are worth nothing from then on. */
  sendCode(act: Act & { readonly contactUuid: Uint8Array }): Promise<Answer<SentCode>>
  confirmByCode(act: Act & { readonly code: string }): Promise<Answer<CaseView>>
  confirmAtCounter(
    act: Act & Omit<Extract<ConfirmedBy, { how: 'counter' }>, 'how'>,
  ): Promise<Answer<CaseView>>
}

export interface MerchantSidePorts {
  readonly records: Pick<Records, 'read' | 'submit'>
  readonly scopes: ScopeSealing
  readonly digest: Pick<Digest, 'sha256'>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly ids: Ids
  nudgeCases(): void
  nudgeNotices(): void
}

const unsealed = (code: 'TOO_LARGE' | 'DESTROYED' | 'UNAVAILABLE'): ErrorCode =>
  code === 'UNAVAILABLE' ? 'SEALING_UNAVAILABLE' : code

/** No id of a code; a try without one is as wrong as any. */
const noCode = { codeId: 0, codeHash: new Uint8Array(0) }

export const createMerchantSide = (ports: MerchantSidePorts): MerchantSide => {
  const { records, scopes, digest, clock, entropy, ids } = ports
  const show = (uuid: Uint8Array) => records.read('case-by-uuid', { uuid })

  const addContact: MerchantSide['addContact'] = async (wish) => {
    const { uuid, merchantUuid, channel, to, language, actor, idempotency } = wish
    const fault = contactFault(channel, to)
    if (fault !== undefined) return refusal('VALIDATION', 'to', fault)
    const merchant = await records.read('merchant-by-uuid', { uuid: merchantUuid })
    if (merchant === undefined) return refusal('NOT_FOUND', 'id')
    const sealing = scopes.of(merchantScope(merchantUuid))
    const sealed = await sealing.seal(contactBelonging(uuid), utf8(to))
    if (!sealed.ok) return refusal(unsealed(sealed.code))
    const added = await records.submit('add-contact', {
      ...{ uuid, publicId: uuidToText(uuid), merchantId: merchant.id, channel, language, actor },
      masked: maskContact(channel, to),
      sealedTo: sealed.sealed,
      atMs: clock.now(),
      ...(idempotency === undefined ? {} : { idempotency }),
    })
    return added.ok ? { ok: true, value: added } : refusal(added.code)
  }

  const sendCode: MerchantSide['sendCode'] = async ({ uuid, contactUuid, actor }) => {
    const row = await show(uuid)
    if (row === undefined) return refusal('NOT_FOUND')
    const [salt, code, noticeUuid] = [
      entropy.bytes(merchantLimits.codeSaltBytes),
      makeCode(entropy),
      ids.next(),
    ]
    const sealing = scopes.of(merchantScope(row.merchantUuid))
    const sealed = await sealing.seal(codeBelonging(noticeUuid), utf8(code))
    if (!sealed.ok) return refusal(unsealed(sealed.code))
    const sent = await records.submit('send-code', {
      ...{ caseId: row.id, terminalId: row.terminalId, contactUuid, salt, noticeUuid, actor },
      codeHash: hashCode(digest, { salt, code, about: row }),
      sealedCode: sealed.sealed,
      sn: row.sn,
      atMs: clock.now(),
    })
    if (!sent.ok) return refusal(sent.code, sent.field)
    ports.nudgeNotices()
    return { ok: true, value: { sentTo: sent.masked, expiresAtMs: sent.expiresAtMs } }
  }

  const confirm = async (row: CaseView, by: ConfirmedBy, actor: string) => {
    const { id: caseId, terminalId, uuid } = row
    const order = { caseId, terminalId, by, actor, atMs: clock.now() }
    const result = await records.submit('confirm-case', order)
    if (!result.ok) return refusal(result.code, 'field' in result ? result.field : undefined)
    ports.nudgeCases()
    const view = await show(uuid)
    if (view === undefined) throw new Error('a case was confirmed and is not there')
    return { ok: true, value: view } as const
  }

  return {
    addContact,
    sendCode,
    async confirmByCode({ uuid, code, actor }) {
      const row = await show(uuid)
      if (row === undefined) return refusal('NOT_FOUND')
      const live = await records.read('live-code', { caseId: row.id })
      const tried =
        live === undefined
          ? noCode
          : {
              codeId: live.id,
              codeHash: hashCode(digest, { salt: live.salt, code, about: row }),
            }
      return confirm(row, { how: 'code', ...tried }, actor)
    },
    async confirmAtCounter({ uuid, actor, userId, identity, formUuid }) {
      const row = await show(uuid)
      if (row === undefined) return refusal('NOT_FOUND')
      return confirm(row, { how: 'counter', userId, identity, formUuid }, actor)
    },
  }
}
