// Progress (up): where a running command stands. README.md §8.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'

export const phaseNumbers = {
  QUIESCING: 1,
  FLUSHING: 2,
  SETTLING: 3,
  UPLOADING: 4,
  PREPARED: 5,
  ERASING_KEYS: 6,
  ERASING_PARAMS: 7,
  RUNNING: 8,
} as const

export type Phase = keyof typeof phaseNumbers

export interface Progress {
  readonly kind: 'progress'
  readonly phase: Phase
  readonly done: number
  /** 0: not known. */
  readonly total: number
  /** Reboots survived in this phase. */
  readonly resumed: number
}

export const readProgress = (
  from: tillgate.v1.Progress.$Properties,
  fields: FieldReader,
): Progress => ({
  kind: 'progress',
  phase: fields.name('phase', from.phase, phaseNumbers),
  done: fields.uint('done', from.done, 0, wireLimits.epochMax),
  total: fields.uint('total', from.total, 0, wireLimits.epochMax),
  resumed: fields.uint('resumed', from.resumed, 0, wireLimits.epochMax),
})

export const writeProgress = (message: Progress): tillgate.v1.Progress.$Properties => ({
  ...message,
  phase: phaseNumbers[message.phase],
})
