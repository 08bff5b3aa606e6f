/**
 * confirm-case: the merchant says that this terminal is to be taken from him: by the one-time code that was
 * sent for this case, or at the counter (线下办理), where a person has looked at an identity document and keeps
 * the signed form. Whoever may approve confirms for nobody: these are two persons.
 * Results: CaseMoveResult | NOT_FOUND (no such case; no such form with it) | CODE_REFUSED (wrong, old, used,
 * tried too often: one answer for all) | ALREADY_DONE | ILLEGAL_STATE | APPROVER_AT_COUNTER.
 * Events: case.confirmed; case.code_refused.
 */
import { toHex, uuidToText } from '@tillgate/protocol'

import { merchantLimits } from '../merchants/limits.js'
import { hasRole } from '../people/roles.js'
import { sameBytes } from '../records/same-bytes.js'
import type { ConfirmCodeRow, DocumentRow, UnbindCaseRow, UserRow } from '../records/tables.js'
import { scopeText } from '../sealing/scopes.js'
import { decideCaseMove, type CaseMoveResult } from './case-move.js'
import { event } from './event.js'
import {
  nothing,
  one,
  operation,
  together,
  update,
  type Decision,
  type Write,
} from './operation.js'

/** What was looked at; its number is kept nowhere. */
export const identityChecks = ['identity-card', 'passport', 'business-licence'] as const
export type IdentityCheck = (typeof identityChecks)[number]

export type ConfirmedBy =
  | { readonly how: 'code'; readonly codeId: number; readonly codeHash: Uint8Array }
  | {
      readonly how: 'counter'
      readonly userId: number
      readonly identity: IdentityCheck
      readonly formUuid: Uint8Array
    }

export interface ConfirmCaseInput {
  readonly caseId: number
  /** Whose lane it is. */
  readonly terminalId: number
  readonly by: ConfirmedBy
  readonly actor: string
  readonly atMs: number
}

export interface ConfirmCaseRows {
  readonly unbindCase: UnbindCaseRow | undefined
  readonly code: ConfirmCodeRow | undefined
  readonly user: UserRow | undefined
  readonly form: DocumentRow | undefined
}

export type ConfirmCaseResult =
  | CaseMoveResult
  | { readonly ok: false; readonly code: 'NOT_FOUND'; readonly field: 'formDocumentId' }

type ByCode = Extract<ConfirmedBy, { how: 'code' }>
type AtCounter = Extract<ConfirmedBy, { how: 'counter' }>

const isRight = (code: ConfirmCodeRow, by: ByCode, atMs: number): boolean =>
  code.id === by.codeId &&
  atMs < code.expiresAtMs &&
  code.tries < merchantLimits.codeTriesMax &&
  sameBytes(code.codeHash, by.codeHash)

/** A wrong try counts, and the last one ends the code. */
const wrongTry = (
  row: UnbindCaseRow,
  code: ConfirmCodeRow | undefined,
  { actor, atMs }: ConfirmCaseInput,
): readonly Write[] => {
  if (code === undefined) return []
  const tries = code.tries + 1
  const left = Math.max(0, merchantLimits.codeTriesMax - tries)
  const { id: caseId, terminalId, bindingId } = row
  return [
    update('confirmCode', code.id, { tries, ...(left === 0 ? { live: 0 as const } : {}) }),
    event({
      ...{ atMs, actor, caseId, terminalId, bindingId },
      kind: 'case.code_refused',
      data: { triesLeft: left },
    }),
  ]
}

const byCode = (
  row: UnbindCaseRow,
  code: ConfirmCodeRow | undefined,
  by: ByCode,
  input: ConfirmCaseInput,
): Decision<ConfirmCaseResult> => {
  const { actor, atMs } = input
  if (code === undefined || !isRight(code, by, atMs)) {
    const result = { ok: false, code: 'CODE_REFUSED' } as const
    return { writes: wrongTry(row, code, input), result }
  }
  return decideCaseMove(
    row,
    { on: 'confirmed', how: 'code', said: {} },
    {
      ...{ actor, atMs },
      set: { confirmedHow: 'code', confirmedBy: actor },
      also: [update('confirmCode', code.id, { live: 0, usedAtMs: atMs })],
    },
  )
}

const isItsForm = (form: DocumentRow | undefined, row: UnbindCaseRow): form is DocumentRow =>
  form?.state === 'KEPT' &&
  form.kind === 'application-form' &&
  form.scope === scopeText({ noun: 'case', uuid: uuidToText(row.uuid) })

const atCounter = (
  row: UnbindCaseRow,
  { user, form }: ConfirmCaseRows,
  by: AtCounter,
  { actor, atMs }: ConfirmCaseInput,
): Decision<ConfirmCaseResult> => {
  if (user === undefined || hasRole(user, 'approver'))
    return { writes: [], result: { ok: false, code: 'APPROVER_AT_COUNTER' } }
  if (!isItsForm(form, row))
    return { writes: [], result: { ok: false, code: 'NOT_FOUND', field: 'formDocumentId' } }
  const said = {
    identity: by.identity,
    form: uuidToText(form.uuid),
    formSaltedHash: toHex(form.contentHash),
  }
  return decideCaseMove(
    row,
    { on: 'confirmed', how: 'counter', said },
    {
      ...{ actor, atMs },
      set: { confirmedHow: 'counter', confirmedBy: actor, confirmedByUserId: user.id },
    },
  )
}

export const confirmCase = operation<ConfirmCaseInput, ConfirmCaseRows, ConfirmCaseResult>({
  name: 'confirm-case',
  load: ({ caseId, by }) =>
    together({
      unbindCase: one('unbindCase', { id: caseId }),
      code: by.how === 'code' ? one('confirmCode', { caseId, live: 1 }) : nothing(undefined),
      user: by.how === 'counter' ? one('user', { id: by.userId }) : nothing(undefined),
      form: by.how === 'counter' ? one('document', { uuid: by.formUuid }) : nothing(undefined),
    }),
  decide(rows, input) {
    const { unbindCase, code } = rows
    const { by } = input
    if (unbindCase === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (unbindCase.open === 0 || unbindCase.confirmedAtMs !== null)
      return { writes: [], result: { ok: false, code: 'ALREADY_DONE' } }
    return by.how === 'code'
      ? byCode(unbindCase, code, by, input)
      : atCounter(unbindCase, rows, by, input)
  },
})
