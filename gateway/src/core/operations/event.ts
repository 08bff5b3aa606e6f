/** One ledger line, as a write. `data` must be small and holds no secret and no card data. */
import { canonicalJson } from '@tillgate/protocol'

import { insert, type Write } from './operation.js'

export interface EventFields {
  readonly atMs: number
  readonly kind: string
  readonly actor: string
  readonly terminalId?: number | null
  readonly commandId?: number | null
  readonly bindingId?: number | null
  readonly caseId?: number | null
  readonly data?: Readonly<Record<string, string | number | boolean | null>>
  readonly evidence?: Uint8Array | null
}

/** RFC 8785, so that who has the event as JSON can make the bytes that were sealed. Most are in order. */
const canonicalText = (data: NonNullable<EventFields['data']>): string => {
  let before = ''
  for (const name in data) {
    if (name < before) return canonicalJson(data)
    before = name
  }
  return JSON.stringify(data)
}

export const event = (fields: EventFields): Write =>
  insert('event', {
    atMs: fields.atMs,
    kind: fields.kind,
    terminalId: fields.terminalId ?? null,
    commandId: fields.commandId ?? null,
    bindingId: fields.bindingId ?? null,
    actor: fields.actor,
    data: canonicalText(fields.data ?? {}),
    evidence: fields.evidence ?? null,
    caseId: fields.caseId ?? null,
  })
