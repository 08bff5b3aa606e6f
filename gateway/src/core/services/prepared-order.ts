/** An order before it is submitted: its id drawn, its payload encoded, its lifetime capped. */
import { commandTypeNumber, encodePayload, type CommandPayload } from '@tillgate/protocol'

import { coreLimits } from '../limits.js'
import type { Clock, DurationMs, Ids } from '../ports/system.js'

export interface PreparedOrder {
  readonly uuid: Uint8Array
  readonly type: number
  readonly payload: Uint8Array
  readonly notAfterMs: number
  readonly atMs: number
}

const lifetimeOf = (ms: DurationMs | undefined): DurationMs =>
  Math.min(ms ?? coreLimits.commandLifetimeMsDefault, coreLimits.commandLifetimeMsMax)

export const prepareOrder = (
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
  payload: CommandPayload,
  expiresInMs: DurationMs | undefined,
): PreparedOrder => {
  const atMs = clock.now()
  return {
    uuid: ids.next(),
    type: commandTypeNumber(payload.type),
    payload: encodePayload(payload),
    notAfterMs: atMs + lifetimeOf(expiresInMs),
    atMs,
  }
}
