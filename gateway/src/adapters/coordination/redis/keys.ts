/**
 * The names of all keys, in one place. What one script touches shares a hash tag and so a slot of a
 * cluster. Every key expires by itself.
 */
import type { NodeIdentity } from '../../../core/ports/coordination.js'

/** Nodes that share a Redis must agree on it: it is part of the format, not a limit. */
const bucketCount = 256

export const bucketOf = (terminalId: number): number => terminalId % bucketCount

export interface Keys {
  /** Hash: who holds this name, since when, how often it has said so. */
  readonly node: string
  /** Sorted set: names of nodes by the server's time at which they are taken for dead. */
  readonly alive: string
  /** Hash: name of a node -> its incarnation and its clock's distance from the server's. */
  readonly cards: string
  /** Hash: terminal -> fencing number, incarnation and name of the node that holds its session. */
  sessions(bucket: number): string
  /** Stream: notices for one start of one node. */
  inbox(node: NodeIdentity): string
  /** Channel: calls for every node. */
  readonly calls: string
  /** Hash: who has the lease, until when, and how often it has changed hands. */
  lease(name: string): string
  /** String: the server's time at which the quota is full again. */
  rate(key: string): string
}

export const keysOf = (prefix: string, node: NodeIdentity): Keys => ({
  node: `${prefix}:{nodes}:node:${node.name}`,
  alive: `${prefix}:{nodes}:alive`,
  cards: `${prefix}:{nodes}:cards`,
  sessions: (bucket) => `${prefix}:own:{${String(bucket)}}`,
  inbox: ({ name, incarnation }) => `${prefix}:inbox:${name}:${incarnation}`,
  calls: `${prefix}:calls`,
  lease: (name) => `${prefix}:lease:${name}`,
  rate: (key) => `${prefix}:rate:${key}`,
})
