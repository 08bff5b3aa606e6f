/**
 * withdraw-binding: somebody takes back a binding that the registry has not answered yet. It may have heard of
 * it, so it is told. A binding whose Bind is ordered is withdrawn by cancelling that (`command-effects.ts`).
 * Results: ok | NOT_FOUND | ILLEGAL_STATE (not reported, or answered by now).
 * Events: binding.cancelled.
 */
import type { BindingRow, RegistrationRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, together, update } from './operation.js'

export interface WithdrawBindingInput {
  readonly bindingId: number
  /** Whose lane it is. */
  readonly terminalId: number
  readonly actor: string
  readonly atMs: number
}

export interface RegisteredBinding {
  readonly binding: BindingRow | undefined
  readonly registration: RegistrationRow | undefined
}

export const loadRegistered = ({ bindingId }: { readonly bindingId: number }) =>
  together({
    binding: one('binding', { id: bindingId }),
    registration: one('registration', { bindingId }),
  })

export type WithdrawBindingResult =
  { readonly ok: true } | { readonly ok: false; readonly code: 'NOT_FOUND' | 'ILLEGAL_STATE' }

export const withdrawBinding = operation<
  WithdrawBindingInput,
  RegisteredBinding,
  WithdrawBindingResult
>({
  name: 'withdraw-binding',
  load: loadRegistered,
  decide({ binding, registration }, { terminalId, actor, atMs }) {
    if (binding?.terminalId !== terminalId) {
      return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    }
    if (registration === undefined || binding.state !== 'REPORTING') {
      return { writes: [], result: { ok: false, code: 'ILLEGAL_STATE' } }
    }
    const told = { state: 'CANCELLING', attempts: 0, dueAtMs: atMs } as const
    return {
      writes: [
        update('registration', registration.id, told),
        update('binding', binding.id, { state: 'CANCELLED', live: 0, endedAtMs: atMs }),
        event({
          ...{ atMs, actor, terminalId, bindingId: binding.id },
          kind: 'binding.cancelled',
          data: { epoch: binding.epoch, because: 'withdrawn' },
        }),
      ],
      result: { ok: true },
    }
  },
})
