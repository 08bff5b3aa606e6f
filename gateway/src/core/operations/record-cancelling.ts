/**
 * record-cancelling: what the registry has answered to the cancelling of a binding that came to nothing. A no
 * is asked again as well: somebody must mend it there, and until then it stays in sight.
 * Results: ok with the registration's state | NOT_FOUND.
 * Events: binding.deregistered.
 */
import { registrationRetryMs } from '../bindings/registration-pace.js'
import type { RegistrationState } from '../records/tables.js'
import { event } from './event.js'
import { operation, update } from './operation.js'
import { loadRegistered, type RegisteredBinding } from './withdraw-binding.js'

export interface RecordCancellingInput {
  readonly bindingId: number
  /** Whose lane it is. */
  readonly terminalId: number
  readonly isCancelled: boolean
  readonly atMs: number
}

export type RecordCancellingResult =
  | { readonly ok: true; readonly state: RegistrationState }
  | { readonly ok: false; readonly code: 'NOT_FOUND' }

export const recordCancelling = operation<
  RecordCancellingInput,
  RegisteredBinding,
  RecordCancellingResult
>({
  name: 'record-cancelling',
  load: loadRegistered,
  decide({ registration }, { bindingId, terminalId, isCancelled, atMs }) {
    if (registration === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    const { id, state, attempts } = registration
    if (state !== 'CANCELLING') return { writes: [], result: { ok: true, state } }
    if (!isCancelled) {
      const dueAtMs = atMs + registrationRetryMs(attempts)
      const writes = [update('registration', id, { attempts: attempts + 1, dueAtMs })]
      return { writes, result: { ok: true, state } }
    }
    return {
      writes: [
        update('registration', id, { state: 'CANCELLED', dueAtMs: null, answeredAtMs: atMs }),
        event({
          ...{ atMs, terminalId, bindingId, actor: 'registry' },
          kind: 'binding.deregistered',
          data: {},
        }),
      ],
      result: { ok: true, state: 'CANCELLED' },
    }
  },
})
