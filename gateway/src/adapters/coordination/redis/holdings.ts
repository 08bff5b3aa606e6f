/**
 * What is stored of a session: "<fence> <incarnation> <name>". The name comes last and alone may hold
 * spaces.
 */
import type { NodeIdentity } from '../../../core/ports/coordination.js'
import { bucketOf } from './keys.js'

export interface Holding {
  readonly fence: number
  readonly holder: NodeIdentity
}

export const holderText = ({ incarnation, name }: NodeIdentity): string => `${incarnation} ${name}`

export const holdingIn = (value: unknown): Holding | undefined => {
  if (typeof value !== 'string') return undefined
  const parts = /^(\d{1,16}) ([^ ]+) (.+)$/s.exec(value)
  if (parts?.[1] === undefined || parts[2] === undefined || parts[3] === undefined) return undefined
  return { fence: Number(parts[1]), holder: { incarnation: parts[2], name: parts[3] } }
}

/** By the bucket that a terminal's session is in. */
export const byBucket = <T>(
  items: Iterable<T>,
  terminalOf: (item: T) => number,
): ReadonlyMap<number, readonly T[]> => {
  const buckets = new Map<number, T[]>()
  for (const item of items) {
    const bucket = bucketOf(terminalOf(item))
    const some = buckets.get(bucket)
    if (some === undefined) buckets.set(bucket, [item])
    else some.push(item)
  }
  return buckets
}

export const inParts = <T>(items: readonly T[], length: number): (readonly T[])[] => {
  const parts: (readonly T[])[] = []
  for (let i = 0; i < items.length; i += length) parts.push(items.slice(i, i + length))
  return parts
}
