/**
 * A terminal, as the API shows it. `session` is what the nodes see and the records last saw of its
 * connection: a hint, never a promise that it can be reached.
 */
import Type from 'typebox'
import type { Static } from 'typebox'
import type { TerminalRow } from '@tillgate/gateway'

import { timeOrNull, timeSchema, toTime, toTimeOrNull } from './time.js'

const textOrNull = Type.Union([Type.String(), Type.Null()])

export const terminalSchema = Type.Object(
  {
    sn: Type.String(),
    vendor: Type.String(),
    model: Type.String(),
    tusn: textOrNull,
    state: Type.String({ examples: ['IN_SERVICE'] }),
    locked: Type.Boolean(),
    assetEpoch: Type.Integer(),
    bindingEpoch: Type.Integer({ description: 'The epoch that the terminal has confirmed.' }),
    session: Type.Object(
      {
        online: Type.Union([Type.Boolean(), Type.Null()], {
          description:
            'A hint: it is connected to a node and has said Hello. Null while no node can know.',
        }),
        since: timeOrNull,
        endedAt: timeOrNull,
      },
      { additionalProperties: false },
    ),
    firmware: textOrNull,
    signerListVersion: Type.Integer(),
    keySlots: Type.Array(Type.Unknown(), { description: 'As the last Hello named them.' }),
    createdAt: timeSchema,
  },
  { additionalProperties: false },
)

const keySlotsOf = (json: string | null): unknown[] => {
  const slots: unknown = json === null ? [] : JSON.parse(json)
  return Array.isArray(slots) ? slots : []
}

export const toTerminal = (
  row: TerminalRow,
  online: boolean | null,
): Static<typeof terminalSchema> => ({
  sn: row.sn,
  vendor: row.vendor,
  model: row.model,
  tusn: row.tusn,
  state: row.state,
  locked: row.locked === 1,
  assetEpoch: row.assetEpoch,
  bindingEpoch: row.bindingEpoch,
  session: {
    online,
    since: toTimeOrNull(row.sessionSinceMs),
    endedAt: toTimeOrNull(row.sessionEndedMs),
  },
  firmware: row.firmware,
  signerListVersion: row.signerListVersion,
  keySlots: keySlotsOf(row.keySlots),
  createdAt: toTime(row.createdAtMs),
})
