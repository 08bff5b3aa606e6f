/**
 * A command, as the API shows it, in the words of the core: `published` means it may have left,
 * `delivered` that the terminal's MQTT client acknowledged it, `done` that the terminal reported so.
 * `outcome` is `unknown` where a time-out left it so; such a command stays open.
 */
import { Buffer } from 'node:buffer'
import Type from 'typebox'
import type { Static } from 'typebox'
import {
  commandTypeName,
  errorByNumber,
  parsePayload,
  parseResult,
  toHex,
  uuidToText,
} from '@tillgate/protocol'
import type { CommandView } from '@tillgate/gateway'

import { timeOrNull, timeSchema, toTime, toTimeOrNull } from './time.js'

const textOrNull = Type.Union([Type.String(), Type.Null()])
const integerOrNull = Type.Union([Type.Integer(), Type.Null()])

export const commandSchema = Type.Object(
  {
    id: Type.String(),
    sn: Type.String(),
    bindingId: textOrNull,
    type: Type.String({ examples: ['Unbind'] }),
    destructive: Type.Boolean(),
    parameters: Type.Unknown({ description: 'What the terminal is told, by type.' }),
    bindingEpoch: Type.Integer(),
    state: Type.String({ examples: ['running'] }),
    phase: textOrNull,
    open: Type.Boolean({ description: 'Until the state is final and its outcome known.' }),
    outcome: Type.Enum(['known', 'unknown']),
    attempts: Type.Integer(),
    sequence: integerOrNull,
    createdBy: Type.String(),
    createdAt: timeSchema,
    notAfter: timeSchema,
    publishedAt: timeOrNull,
    deliveredAt: timeOrNull,
    acceptedAt: timeOrNull,
    readyAt: timeOrNull,
    proceedAt: timeOrNull,
    finalAt: timeOrNull,
    resultCode: Type.Union([Type.String(), Type.Null()], {
      description: '`OK`, or a code of the error catalogue. Null while there is no result.',
    }),
    result: Type.Unknown({ description: 'What the terminal reported, by type; null without.' }),
  },
  { additionalProperties: false },
)

/** Bytes inside a payload or a result leave in hex. */
const plain = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return toHex(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
}

const withoutType = ({ type: _type, ...rest }: { readonly type: string }): unknown => plain(rest)

const unread = (bytes: Uint8Array): unknown => ({ base64: Buffer.from(bytes).toString('base64') })

const parametersOf = (view: CommandView): unknown => {
  const payload = parsePayload(view.type, view.payload)
  return payload.ok ? withoutType(payload.value) : unread(view.payload)
}

const resultOf = (view: CommandView): unknown => {
  if (view.resultPayload === null || view.resultCode !== 0) return null
  const result = parseResult(view.type, view.resultPayload)
  return result.ok ? withoutType(result.value) : unread(view.resultPayload)
}

const resultCodeOf = (number: number | null): string | null => {
  if (number === null) return null
  return number === 0 ? 'OK' : (errorByNumber(number)?.code ?? String(number))
}

export const toCommand = (view: CommandView): Static<typeof commandSchema> => ({
  id: uuidToText(view.uuid),
  sn: view.sn,
  bindingId: view.bindingUuid === null ? null : uuidToText(view.bindingUuid),
  type: commandTypeName(view.type) ?? String(view.type),
  destructive: view.destructive === 1,
  parameters: parametersOf(view),
  bindingEpoch: view.bindingEpoch,
  state: view.state,
  phase: view.phase,
  open: view.open === 1,
  outcome: view.outcomeUnknown === 1 ? 'unknown' : 'known',
  attempts: view.attempts,
  sequence: view.seq,
  createdBy: view.createdBy,
  createdAt: toTime(view.createdAtMs),
  notAfter: toTime(view.notAfterMs),
  publishedAt: toTimeOrNull(view.publishedAtMs),
  deliveredAt: toTimeOrNull(view.deliveredAtMs),
  acceptedAt: toTimeOrNull(view.acceptedAtMs),
  readyAt: toTimeOrNull(view.readyAtMs),
  proceedAt: toTimeOrNull(view.proceedAtMs),
  finalAt: toTimeOrNull(view.finalAtMs),
  resultCode: resultCodeOf(view.resultCode),
  result: resultOf(view),
})
