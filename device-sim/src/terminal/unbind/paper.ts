/** What the display shows for a person to carry: a signed envelope as frames (protocol §9a). */
import { framesOf } from '@tillgate/protocol'
import type { Note } from '../effect.js'
import type { Turn } from '../turn.js'

type Paper = Extract<Note, { what: 'frames' }>

export const showPaper = (turn: Turn, of: Paper['of'], envelope: Uint8Array): void =>
  turn.note({ what: 'frames', of, frames: framesOf(envelope) })
