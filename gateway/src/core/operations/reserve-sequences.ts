/**
 * reserve-sequences: another block of downlink sequence numbers for the owner of a lane.
 * Results: ok with the new end | FENCED | NOT_FOUND.
 * Events: none; a number that is never used means nothing.
 */
import { coreLimits } from '../limits.js'
import type { TerminalRow } from '../records/tables.js'
import { one, operation, update } from './operation.js'

export interface ReserveSequencesInput {
  readonly terminalId: number
  readonly fence: number
}

export type ReserveSequencesResult =
  | { readonly ok: true; readonly seqLast: number }
  | { readonly ok: false; readonly code: 'FENCED' | 'NOT_FOUND' }

export const reserveSequences = operation<
  ReserveSequencesInput,
  { readonly terminal: TerminalRow | undefined },
  ReserveSequencesResult
>({
  name: 'reserve-sequences',
  *load(input) {
    return { terminal: yield* one('terminal', { id: input.terminalId }) }
  },
  decide({ terminal }, input) {
    if (terminal === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (terminal.fence !== input.fence) return { writes: [], result: { ok: false, code: 'FENCED' } }
    const seqLast = terminal.seqBlockEnd + coreLimits.seqBlock
    return {
      writes: [update('terminal', terminal.id, { seqBlockEnd: seqLast }, { fence: input.fence })],
      result: { ok: true, seqLast },
    }
  },
})
