/**
 * Signs the head of the tree while it grows, so often and no more. Called where everything is sealed; what
 * can't be signed or kept now is signed later, and sealing goes on.
 */
import {
  checkpointText,
  noteBytes,
  signedNote,
  type NoteKey,
  type TreeHead,
} from '@tillgate/protocol'

import { coreLimits } from '../limits.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Digest, Signer } from '../ports/signing.js'
import type { Clock, DurationMs } from '../ports/system.js'

export interface CheckpointSignerPorts {
  readonly records: Records
  readonly signer: Pick<Signer, 'sign'>
  readonly digest: Pick<Digest, 'sha256'>
  readonly clock: Clock
  readonly log: Log
  /** Its name is the origin of the tree. */
  readonly key: NoteKey
  /** One was kept that was not there. */
  stored?(): void
}

export type SignCheckpoint = (head: TreeHead) => Promise<void>

export const createCheckpointSigner = (ports: CheckpointSignerPorts): SignCheckpoint => {
  const { records, signer, digest, clock, log, key } = ports
  let signedSize: number | undefined
  let lastMs: DurationMs | undefined

  const sign = async ({ size, root }: TreeHead): Promise<void> => {
    signedSize ??= (await records.read('audit-tree', {}))?.checkpointSize ?? 0
    if (size <= signedSize) return
    const text = checkpointText({ origin: key.name, size, root })
    const signature = await signer.sign('checkpoint', noteBytes(text))
    const note = signedNote(digest, { text, key, signature })
    const answer = await records.submit('store-checkpoint', { size, root, note, atMs: clock.now() })
    if (!answer.ok) return
    signedSize = size
    if (answer.stored) ports.stored?.()
  }

  return async (head) => {
    const nowMs = clock.monotonic()
    if (lastMs !== undefined && nowMs - lastMs < coreLimits.checkpointEveryMs) return
    try {
      await sign(head)
      lastMs = nowMs
    } catch (error) {
      log.warn('the head of the ledger could not be signed; sealing goes on', {
        error: String(error),
      })
    }
  }
}
