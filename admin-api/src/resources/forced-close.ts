/** How a case was closed without its terminal, and for which reasons it may be: with its texts in two languages. */
import Type from 'typebox'
import type { Static } from 'typebox'
import { toHex, uuidToText } from '@tillgate/protocol'
import { forceReasons, type CaseWithLedger } from '@tillgate/gateway'

import { timeOrNull, timeSchema, toTime, toTimeOrNull } from './time.js'

const reasonSchema = Type.Object(
  { code: Type.String({ examples: ['FORCE_DEVICE_LOST'] }), en: Type.String(), zh: Type.String() },
  { additionalProperties: false },
)

const forcedSchema = Type.Object(
  {
    reason: reasonSchema,
    documentId: Type.Union([Type.String(), Type.Null()]),
    approvalHash: Type.String({ description: 'SHA-256 of what two persons approved, in hex.' }),
    forcedAt: timeSchema,
    hostAnswer: Type.Union([Type.Enum(['blocked', 'unknown-tid']), Type.Null()], {
      description: 'Null: the host has not answered, and is asked on.',
    }),
    blockedAt: timeOrNull,
    erasedBy: Type.Union([Type.Enum(['proof', 'depot']), Type.Null()], {
      description: 'Null: nothing shows that the keys are gone.',
    }),
    erasedAt: timeOrNull,
  },
  { additionalProperties: false },
)

export const forcedMembers = {
  forced: Type.Union([forcedSchema, Type.Null()]),
  mayBeForced: Type.Array(
    Type.Object(
      { ...reasonSchema.properties, documents: Type.Array(Type.String()) },
      { additionalProperties: false },
    ),
    { description: 'Why it could be closed by force now, with the papers of which one is wanted.' },
  ),
}

const reasonOf = (code: string): Static<typeof reasonSchema> => {
  const { en, zh } = forceReasons.find((one) => one.code === code) ?? { en: code, zh: code }
  return { code, en, zh }
}

export const toForcedMembers = ({
  forced,
  forceOffers,
}: Pick<CaseWithLedger, 'forced' | 'forceOffers'>) => ({
  forced:
    forced === undefined
      ? null
      : {
          reason: reasonOf(forced.reason),
          documentId: forced.documentUuid === null ? null : uuidToText(forced.documentUuid),
          approvalHash: toHex(forced.approvalHash),
          forcedAt: toTime(forced.forcedAtMs),
          hostAnswer: forced.hostAnswer,
          blockedAt: toTimeOrNull(forced.blockedAtMs),
          erasedBy: forced.erasedBy,
          erasedAt: toTimeOrNull(forced.erasedAtMs),
        },
  mayBeForced: forceReasons
    .filter(({ code }) => forceOffers.includes(code))
    .map(({ code, en, zh, documents }) => ({ code, en, zh, documents: [...documents] })),
})
