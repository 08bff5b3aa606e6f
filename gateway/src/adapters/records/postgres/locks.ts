/**
 * What an operation must hold before it reads: advisory locks, taken for a whole group in one sorted
 * statement and dropped by the end of the transaction, a killed node's included. They cost no row and no
 * log, unlike row locks, and they are held before the transaction has an id, so that of two operations of
 * one lane the later always has the higher id, and its events the higher numbers.
 *
 * A lane is a terminal with its commands, bindings, certificates, proofs and boots. Other rows are locked
 * by a name. What two operations may write although no lock stands between them (a live TID, a number of a
 * TID) is settled by unique constraints and row locks; the loser runs again.
 */
import type { InputOf, OperationName } from '../../../core/operations/catalogue.js'
import type { IdempotencyClaim } from '../../../core/operations/idempotency.js'
import type { GroupItem } from '../group.js'
import type { Statement } from './session.js'
import { arrayText, checkCell } from './values.js'

/** The first number of an advisory lock: what its second means. 'TG' and a kind. */
export const lockKinds = {
  lane: 0x5447_0001,
  name: 0x5447_0002,
  schema: 0x5447_0003,
  upkeep: 0x5447_0004,
} as const

export type Lock =
  | { readonly terminalId: number }
  | { readonly commandId: number }
  | { readonly commandUuid: Uint8Array }
  | { readonly sn: string }
  | { readonly certificateHash: Uint8Array }
  | { readonly tokenHash: Uint8Array }
  | { readonly name: string }

const named = (...parts: readonly string[]): Lock => ({ name: parts.join('\u001f') })

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const keyOf = ({ idempotency }: { readonly idempotency?: IdempotencyClaim }): readonly Lock[] =>
  idempotency === undefined ? [] : [named('key', hexOf(idempotency.keyHash))]

type Loose = Readonly<Record<string, (input: unknown) => readonly Lock[]>>

type LocksOf = { readonly [N in OperationName]: (input: InputOf<N>) => readonly Lock[] }

const ofUplink = ({ commandUuid }: { readonly commandUuid: Uint8Array }): readonly Lock[] => [
  { commandUuid },
]
const ofCommand = ({ commandId }: { readonly commandId: number }): readonly Lock[] => [
  { commandId },
]
const ofTerminal = ({ terminalId }: { readonly terminalId: number }): readonly Lock[] => [
  { terminalId },
]

const ofScope = ({ scope }: { readonly scope: string }): readonly Lock[] => [named('scope', scope)]
const ofDocument = ({ documentId }: { readonly documentId: number }): readonly Lock[] => [
  named('document', String(documentId)),
]
/** Each under the lock of those operations that write there otherwise. */
const ofSealedPart = ({ place, id, whose }: InputOf<'replace-sealed-part'>): readonly Lock[] => {
  if (place === 'sessionKey') return [{ terminalId: id }]
  return [named(place === 'vault' ? 'vault' : 'scope', whose)]
}

/** The compiler misses none. */
const locksOf: LocksOf = {
  'create-merchant': (input) => [named('mid', input.acquirerCode, input.mid), ...keyOf(input)],
  'create-store': keyOf,
  'register-terminal': (input) => [named('sn', input.sn), ...keyOf(input)],
  'create-api-token': (input) => [named('api token', input.name), ...keyOf(input)],
  'revoke-api-token': (input) => [named('api token', hexOf(input.uuid))],
  'order-binding': (input) => [
    { terminalId: input.terminalId },
    named('tid', input.acquirerCode, input.mid, input.tid),
    ...keyOf(input),
  ],
  'report-binding': (input) => [
    { terminalId: input.terminalId },
    named('tid', input.acquirerCode, input.mid, input.tid),
    ...keyOf(input),
  ],
  'report-attempt': (input) => [named('attempt', input.reference)],
  'record-registration': ofTerminal,
  'record-inspection': ofTerminal,
  'withdraw-binding': ofTerminal,
  'record-cancelling': ofTerminal,
  'order-command': (input) => [{ terminalId: input.terminalId }, ...keyOf(input)],
  'claim-command': ofCommand,
  'cancel-command': ofUplink,
  'begin-host-call': ofCommand,
  'record-host-answer': ofCommand,
  'commit-proceed': ofCommand,
  'note-time': ofCommand,
  'open-case': (input) => [{ terminalId: input.terminalId }, ...keyOf(input)],
  'move-case': ofTerminal,
  'approve-case': (input) => [
    { terminalId: input.terminalId },
    named('approval', hexOf(input.approvalUuid)),
  ],
  'order-case': ofTerminal,
  'order-erase': ofTerminal,
  'cancel-case': ofTerminal,
  'force-case': (input) => [
    { terminalId: input.terminalId },
    named('approval', hexOf(input.approvalUuid)),
  ],
  'begin-forced-block': ofTerminal,
  'record-forced-block': ofTerminal,
  'add-contact': (input) => [named('merchant', String(input.merchantId)), ...keyOf(input)],
  'end-contact': (input) => [named('merchant', String(input.merchantId))],
  'send-code': ofTerminal,
  'tell-merchant': ofTerminal,
  'note-fee': (input) => [{ terminalId: input.terminalId }, ...keyOf(input)],
  'keep-agreement': ofTerminal,
  'note-export': () => [],
  'confirm-case': ofTerminal,
  'make-link': () => [],
  'revoke-link': (input) => [named('link', hexOf(input.uuid))],
  'attach-link': (input) => [named('link', hexOf(input.uuid))],
  'record-notice': (input) => [named('notice', String(input.noticeId))],
  'open-session': ofTerminal,
  'end-session': ofTerminal,
  'reserve-sequences': ofTerminal,
  'record-accepted': ofUplink,
  'record-progress': ofUplink,
  'record-ready': ofUplink,
  'record-released': ofUplink,
  'record-offline-released': ofTerminal,
  'record-refused': ofUplink,
  'record-result': ofUplink,
  'record-status': ofUplink,
  'record-proof': ofUplink,
  'create-enrolment-token': (input) => [{ sn: input.sn }, ...keyOf(input)],
  'enrol-terminal': (input) => [{ tokenHash: input.tokenHash }],
  'register-certificate': (input) => [{ sn: input.sn }, ...keyOf(input)],
  'renew-certificate': ofTerminal,
  'revoke-certificate': (input) => [{ certificateHash: input.sha256 }],
  'store-vault-entry': (input) =>
    [input.name, ...input.retires].map((name) => named('vault', name)),
  'retire-vault-entry': (input) => [named('vault', input.name)],
  'make-scope-key': ofScope,
  'set-retention': ofScope,
  'destroy-scope-key': ofScope,
  'place-legal-hold': (input) => [...ofScope(input), ...keyOf(input)],
  'end-legal-hold': (input) => [named('hold', hexOf(input.uuid))],
  'begin-document': (input) => [...ofScope(input), ...keyOf(input)],
  'store-document-part': ofDocument,
  'keep-document': (input) => [
    ...ofScope(input),
    ...ofDocument(input),
    ...(input.itsCase === undefined ? [] : ofTerminal(input.itsCase)),
    ...keyOf(input),
  ],
  'drop-document': (input) => [...ofScope(input), ...ofDocument(input)],
  'replace-sealed-part': ofSealedPart,
  // What they change is locked by its row (questions.ts).
  'create-user': (input) => [named('api token', input.login), ...keyOf(input)],
  'begin-activation': () => [],
  'confirm-activation': () => [],
  'sign-in': () => [],
  'touch-session': () => [],
  'sign-out': () => [],
  'change-password': () => [],
  'reset-user': () => [],
  'change-user': () => [],
  'request-approval': keyOf,
  'cast-vote': () => [],
  'withdraw-approval': () => [],
  'expire-approval': () => [],
  'raise-alarm': () => [],
  'advance-cursor': (input) => [named('cursor', input.reader)],
  'seal-events': () => [named('audit tree')],
  'store-checkpoint': () => [named('audit tree')],
}

/** Throws BadShape where an input has no value to lock by. */
export const locksFor = ({ name, input }: GroupItem): readonly Lock[] => {
  const locks = Object.hasOwn(locksOf, name) ? (locksOf as Loose)[name]?.(input) : undefined
  for (const lock of locks ?? [])
    for (const [of, value] of Object.entries(lock)) checkCell(of, value)
  return locks ?? []
}

/** FNV-1a, 32 bits, signed. Two names with one number only wait for each other. */
const numberOf = (name: string): number => {
  let hash = 0x811c9dc5
  for (let place = 0; place < name.length; place += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(place), 0x01000193)
  }
  return hash | 0
}

const lane = String(lockKinds.lane)

/** Ids above 2^31 share their locks with lower ones. */
const folded = (id: string): string => `(${id} % 2147483648)::integer`

const text = `
select pg_advisory_xact_lock(wanted.kind, wanted.number) from (
  select distinct kind, number from (
    select ${lane} as kind, ${folded('unnest($1::bigint[])')} as number
    union all select ${lane}, ${folded('terminal_id')} from command_key where id = any ($2::bigint[])
    union all select ${lane}, ${folded('terminal_id')} from command_key where uuid = any ($3::bytea[])
    union all select ${lane}, ${folded('id')} from terminal where sn = any ($4::text[])
    union all select ${lane}, ${folded('terminal_id')} from certificate where sha256 = any ($5::bytea[])
    union all select ${lane}, ${folded('terminal.id')} from enrolment_token
      join terminal on terminal.sn = enrolment_token.sn where token_hash = any ($6::bytea[])
    union all select ${String(lockKinds.name)}, unnest($7::integer[])
  ) as every order by kind, number
) as wanted`

/** The commands among them, as arrays; undefined where there are none. */
export const commandsOf = (
  locks: readonly Lock[],
): { readonly ids: string; readonly uuids: string } | undefined => {
  const ids = locks.flatMap((lock) => ('commandId' in lock ? [lock.commandId] : []))
  const uuids = locks.flatMap((lock) => ('commandUuid' in lock ? [lock.commandUuid] : []))
  if (ids.length === 0 && uuids.length === 0) return undefined
  return { ids: arrayText(ids), uuids: arrayText(uuids) }
}

/** Undefined where nothing has to be locked. */
export const lockStatement = (locks: readonly Lock[]): Statement | undefined => {
  if (locks.length === 0) return undefined
  const pick = <V extends number | string | Uint8Array>(
    of: (lock: Lock) => V | undefined,
  ): string => arrayText(locks.flatMap((lock) => of(lock) ?? []))
  const values = [
    pick((lock) => ('terminalId' in lock ? lock.terminalId : undefined)),
    pick((lock) => ('commandId' in lock ? lock.commandId : undefined)),
    pick((lock) => ('commandUuid' in lock ? lock.commandUuid : undefined)),
    pick((lock) => ('sn' in lock ? lock.sn : undefined)),
    pick((lock) => ('certificateHash' in lock ? lock.certificateHash : undefined)),
    pick((lock) => ('tokenHash' in lock ? lock.tokenHash : undefined)),
    pick((lock) => ('name' in lock ? numberOf(lock.name) : undefined)),
  ]
  return { name: 'lock', text, values }
}
