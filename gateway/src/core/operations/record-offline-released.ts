/**
 * record-offline-released: a terminal has given up what it began from its menu without a network
 * (protocol §9a). It names a nonce and no command, for none was ever seen: no command hangs on it and
 * the TID was not blocked for it, so nothing moves, and the word is kept. Said again it is one more line.
 * Results: ok | NOT_FOUND | FENCED.
 * Events: terminal.offline_released.
 */
import { toHex } from '@tillgate/protocol'

import type { TerminalRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation } from './operation.js'

export interface RecordOfflineReleasedInput {
  readonly terminalId: number
  /** Of the session that authenticated it. */
  readonly fence: number
  readonly readyNonce: Uint8Array
  readonly cause: string
  readonly abortSeq: number
  readonly evidence: Uint8Array
  readonly atMs: number
}

export interface Rows {
  readonly terminal: TerminalRow | undefined
}

export type RecordOfflineReleasedResult =
  { readonly ok: true } | { readonly ok: false; readonly code: 'NOT_FOUND' | 'FENCED' }

export const recordOfflineReleased = operation<
  RecordOfflineReleasedInput,
  Rows,
  RecordOfflineReleasedResult
>({
  name: 'record-offline-released',
  *load({ terminalId }) {
    return { terminal: yield* one('terminal', { id: terminalId }) }
  },
  decide({ terminal }, { fence, readyNonce, cause, abortSeq, evidence, atMs }) {
    if (terminal === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (terminal.fence !== fence) return { writes: [], result: { ok: false, code: 'FENCED' } }
    return {
      writes: [
        event({
          atMs,
          kind: 'terminal.offline_released',
          actor: 'terminal',
          terminalId: terminal.id,
          data: { nonce: toHex(readyNonce), cause, abortSeq },
          evidence,
        }),
      ],
      result: { ok: true },
    }
  },
})
