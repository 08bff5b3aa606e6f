// Checkpoints (c2sp.org/tlog-checkpoint): origin, size and root of the tree, as the text of a signed note.
// Two that one key has signed never contradict each other: a consistency proof leads from one to the other.
import type { Primitives } from '../crypto/primitives.js'
import { wireLimits } from '../limits.js'
import { fromBase64, toBase64 } from './base64.js'
import type { TreeHead } from './proofs.js'
import { openNote, type NoteKey } from './signed-note.js'

export interface Checkpoint extends TreeHead {
  /** Whose tree it is: the name of the key that signs for it. */
  readonly origin: string
}

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${String(size)}\n${toBase64(root)}\n`

/** Undefined where the text is no checkpoint. Extension lines are passed over. */
export const parseCheckpoint = (text: string): Checkpoint | undefined => {
  const [origin = '', digits = '', encoded = '', ...more] = text.split('\n')
  const root = fromBase64(encoded)
  if (!/^(0|[1-9][0-9]{0,15})$/.test(digits) || root?.length !== wireLimits.hashBytes)
    return undefined
  const size = Number(digits)
  if (origin === '' || !Number.isSafeInteger(size) || more.at(-1) !== '') return undefined
  return { origin, size, root }
}

/** A checkpoint that this key has signed for its own tree; undefined for anything else. */
export const openCheckpoint = (
  p: Pick<Primitives, 'sha256' | 'importPublicKey' | 'verify'>,
  note: string,
  key: NoteKey,
): Checkpoint | undefined => {
  const text = openNote(p, note, key)
  const checkpoint = text === undefined ? undefined : parseCheckpoint(text)
  return checkpoint?.origin === key.name ? checkpoint : undefined
}
