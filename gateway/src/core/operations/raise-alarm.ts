/**
 * raise-alarm: something that a person should look at: a foreign or forged message, a terminal's own
 * alarm. Idempotent enough: the same message repeated is one more line, and harmless.
 * Results: ok.
 * Events: alarm.<code>.
 */
import { event } from './event.js'
import { nothing, operation } from './operation.js'

export interface RaiseAlarmInput {
  readonly code: string
  readonly terminalId: number | null
  readonly actor: string
  readonly detail: string
  readonly evidence: Uint8Array | null
  readonly atMs: number
}

export const raiseAlarm = operation<RaiseAlarmInput, Record<string, never>, { readonly ok: true }>({
  name: 'raise-alarm',
  load: () => nothing({}),
  decide: (_, input) => ({
    writes: [
      event({
        atMs: input.atMs,
        kind: `alarm.${input.code}`,
        actor: input.actor,
        terminalId: input.terminalId,
        data: { detail: input.detail },
        evidence: input.evidence,
      }),
    ],
    result: { ok: true },
  }),
})
