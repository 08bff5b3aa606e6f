/**
 * record-registration: what the registry has answered to the report of a binding. Yes: its Bind is ordered, in
 * the same transaction. No: the binding is rejected. No answer: asked again later. A terminal that can't be
 * bound any more gets nothing, and the registry is told so.
 * Results: ok with the registration's state | NOT_FOUND.
 * Events: binding.delivering and command.ordered; binding.rejected; binding.cancelled.
 */
import { commandTypeNumbers, uuidToText } from '@tillgate/protocol'

import { registrationRetryMs } from '../bindings/registration-pace.js'
import { coreLimits } from '../limits.js'
import type {
  BindingRow,
  CommandRow,
  RegistrationRow,
  RegistrationState,
  TerminalRow,
} from '../records/tables.js'
import { queuedCommand } from './command-row.js'
import { event } from './event.js'
import {
  freshId,
  insert,
  many,
  one,
  operation,
  together,
  update,
  type Decision,
  type Load,
  type Write,
} from './operation.js'
import { isBindable } from './order-binding.js'

export interface RecordRegistrationInput {
  readonly bindingId: number
  /** Whose lane it is. */
  readonly terminalId: number
  readonly answer:
    | { readonly is: 'enabled'; readonly reference: string }
    | { readonly is: 'refused' }
    | { readonly is: 'unknown' }
    /** What it was to be told is destroyed. */
    | { readonly is: 'impossible' }
  /** Of the Bind, where one is ordered. */
  readonly commandUuid: Uint8Array
  readonly atMs: number
}

export interface RecordRegistrationRows {
  readonly registration: RegistrationRow | undefined
  readonly binding: BindingRow | undefined
  readonly terminal: TerminalRow | undefined
  readonly open: readonly CommandRow[]
  readonly commandId: number
}

export type RecordRegistrationResult =
  | { readonly ok: true; readonly state: RegistrationState }
  | { readonly ok: false; readonly code: 'NOT_FOUND' }

interface Present {
  readonly registration: RegistrationRow
  readonly binding: BindingRow
  readonly terminal: TerminalRow
}

const load = ({ bindingId, terminalId }: RecordRegistrationInput): Load<RecordRegistrationRows> =>
  together({
    registration: one('registration', { bindingId }),
    binding: one('binding', { id: bindingId }),
    terminal: one('terminal', { id: terminalId }),
    open: many('command', { terminalId, open: 1 }, coreLimits.commandsPerTerminalMax),
    commandId: freshId('command'),
  })

const later = (
  { registration }: Present,
  { atMs }: RecordRegistrationInput,
): Decision<RecordRegistrationResult> => ({
  writes: [
    update('registration', registration.id, {
      attempts: registration.attempts + 1,
      dueAtMs: atMs + registrationRetryMs(registration.attempts),
    }),
  ],
  result: { ok: true, state: registration.state },
})

/** It comes to nothing: the binding ends, and its TID and terminal are free again. */
const ended = (
  { registration, binding, terminal }: Present,
  input: RecordRegistrationInput,
  to: { readonly registration: RegistrationState; readonly binding: 'REJECTED' | 'CANCELLED' },
): Decision<RecordRegistrationResult> => {
  const { atMs } = input
  const isTold = to.registration === 'CANCELLING'
  return {
    writes: [
      update('registration', registration.id, {
        state: to.registration,
        attempts: 0,
        dueAtMs: isTold ? atMs : null,
        answeredAtMs: atMs,
      }),
      update('binding', binding.id, { state: to.binding, live: 0, endedAtMs: atMs }),
      event({
        ...{ atMs, terminalId: terminal.id, bindingId: binding.id },
        actor: isTold ? 'gateway' : 'registry',
        kind: `binding.${to.binding.toLowerCase()}`,
        data: { epoch: binding.epoch, because: input.answer.is },
      }),
    ],
    result: { ok: true, state: to.registration },
  }
}

const bindWrites = (
  { registration, binding, terminal }: Present,
  { commandUuid: uuid, atMs }: RecordRegistrationInput,
  commandId: number,
): readonly Write[] => {
  const about = { atMs, terminalId: terminal.id, bindingId: binding.id, commandId }
  const type = commandTypeNumbers.Bind
  return [
    insert('command', {
      id: commandId,
      ...queuedCommand({
        ...{ uuid, type, terminalId: terminal.id, bindingId: binding.id, destructive: 0 },
        payload: registration.payload,
        assetEpoch: terminal.assetEpoch,
        bindingEpoch: binding.epoch,
        createdBy: binding.createdBy,
        createdAtMs: atMs,
        notAfterMs: atMs + registration.deliverWithinMs,
      }),
    }),
    update('binding', binding.id, { state: 'DELIVERING', bindCommandId: commandId }),
    event({
      ...{ ...about, actor: 'registry', kind: 'binding.delivering' },
      data: { binding: uuidToText(binding.uuid), epoch: binding.epoch },
    }),
    event({
      ...{ ...about, actor: binding.createdBy, kind: 'command.ordered' },
      data: { command: uuidToText(uuid), type },
    }),
  ]
}

const deliver = (
  present: Present,
  input: RecordRegistrationInput,
  reference: string,
  commandId: number,
): Decision<RecordRegistrationResult> => ({
  writes: [
    update('registration', present.registration.id, {
      ...{ state: 'ENABLED', reference, dueAtMs: null, answeredAtMs: input.atMs },
    }),
    ...bindWrites(present, input, commandId),
  ],
  result: { ok: true, state: 'ENABLED' },
})

export const recordRegistration = operation<
  RecordRegistrationInput,
  RecordRegistrationRows,
  RecordRegistrationResult
>({
  name: 'record-registration',
  load,
  decide({ registration, binding, terminal, open, commandId }, input) {
    if (registration === undefined || binding === undefined || terminal === undefined) {
      return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    }
    const present = { registration, binding, terminal }
    const { state } = registration
    if (state !== 'REPORTING') return { writes: [], result: { ok: true, state } }
    const { answer } = input
    switch (answer.is) {
      case 'unknown':
        return later(present, input)
      case 'refused':
      case 'impossible':
        return ended(present, input, { registration: 'REFUSED', binding: 'REJECTED' })
      case 'enabled':
        if (!isBindable(terminal)) {
          return ended(present, input, { registration: 'CANCELLING', binding: 'CANCELLED' })
        }
        // A full lane: the registry says the same when it is asked again.
        if (open.length >= coreLimits.commandsPerTerminalMax) return later(present, input)
        return deliver(present, input, answer.reference, commandId)
      default:
        return answer satisfies never
    }
  },
})
