/**
 * An event of the ledger by itself: the words of a command's ledger, and what it is about. Its cursor
 * is the place behind it: pages and live events go on from there.
 */
import Type from 'typebox'
import type { Static } from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import type { EventView } from '@tillgate/gateway'

import { encodeCursor } from '../requests/page.js'
import { ledgerEntrySchema, toLedgerEntry } from './ledger.js'

const textOrNull = Type.Union([Type.String(), Type.Null()])

export const eventSchema = Type.Object(
  {
    id: Type.Integer({ description: 'Names it in a proof of the audit.' }),
    ...ledgerEntrySchema.properties,
    sn: textOrNull,
    commandId: textOrNull,
    bindingId: textOrNull,
    caseId: textOrNull,
  },
  { additionalProperties: false },
)

export const eventWithCursorSchema = Type.Object(
  {
    cursor: Type.String({ description: 'The place behind this event.' }),
    event: eventSchema,
  },
  { additionalProperties: false },
)

const idOf = (uuid: Uint8Array | null): string | null => (uuid === null ? null : uuidToText(uuid))

export const eventList = 'events'

export const eventCursor = (position: number): string => encodeCursor(eventList, position)

export const toEvent = (view: EventView): Static<typeof eventWithCursorSchema> => ({
  cursor: eventCursor(view.id),
  event: {
    id: view.id,
    ...toLedgerEntry(view),
    sn: view.sn,
    commandId: idOf(view.commandUuid),
    bindingId: idOf(view.bindingUuid),
    caseId: idOf(view.caseUuid),
  },
})
