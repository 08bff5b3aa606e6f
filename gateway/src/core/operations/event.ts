/** One ledger line, as a write. `data` must be small and holds no secret and no card data. */
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

export const event = (fields: EventFields): Write =>
  insert('event', {
    atMs: fields.atMs,
    kind: fields.kind,
    terminalId: fields.terminalId ?? null,
    commandId: fields.commandId ?? null,
    bindingId: fields.bindingId ?? null,
    actor: fields.actor,
    data: JSON.stringify(fields.data ?? {}),
    evidence: fields.evidence ?? null,
    caseId: fields.caseId ?? null,
  })
