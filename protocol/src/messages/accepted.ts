// Accepted (up): every check has passed and the command has begun. Left out by what is done within
// 500 ms, since Result implies it. README.md §8.
import type { tillgate } from '#generated'

export interface Accepted {
  readonly kind: 'accepted'
}

export const readAccepted = (): Accepted => ({ kind: 'accepted' })

export const writeAccepted = (): tillgate.v1.Accepted.$Properties => ({})
