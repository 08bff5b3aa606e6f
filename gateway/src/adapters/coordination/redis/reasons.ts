/** Why coordination is not well, as the operator of a node reads it at `/readyz`. */
import type { CoordinationHealth, NodeIdentity } from '../../../core/ports/coordination.js'
import type { DurationMs } from '../../../core/ports/system.js'
import type { Presence } from './presence.js'
import type { NodeCard } from './roster.js'

export interface Reasons {
  /** The server or servers, by their addresses. */
  readonly servers: string
  readonly node: NodeIdentity
  readonly presence: Presence
  readonly cards: readonly NodeCard[]
  readonly clocksApartMsMax: DurationMs
  readonly nodeTtlMs: DurationMs
  /** Why notices are not read, where they are not. */
  readonly inbox: string | undefined
}

const seconds = (ms: DurationMs): string => `${String(Math.round(ms / 1_000))} s`

const ofReach = ({ servers, presence }: Reasons): string[] => {
  if (presence.reachable) return []
  const since = new Date(presence.outSince).toISOString()
  const words = presence.fault?.words ?? 'has not answered yet'
  return [`${servers} ${words}; without it since ${since}`]
}

const ofName = ({ node, presence, nodeTtlMs }: Reasons): string[] => {
  const { rival } = presence
  if (rival === undefined) return []
  return rival.isAlive
    ? [
        `two nodes have the name ${node.name}: another one holds it, and this one owns nothing until one of them is renamed or stopped`,
      ]
    : [
        `the name ${node.name} is still held by an earlier start of this node: waiting up to ${seconds(nodeTtlMs)}`,
      ]
}

const apart = (one: string, other: string, aheadMs: DurationMs): string =>
  aheadMs > 0
    ? `the clock of ${one} is ${seconds(aheadMs)} ahead of that of ${other}`
    : `the clock of ${one} is ${seconds(-aheadMs)} behind that of ${other}`

const ofClocks = ({ servers, node, presence, cards, clocksApartMsMax }: Reasons): string[] => {
  if (!presence.reachable) return []
  const ownAheadMs = -presence.serverAheadMs
  const others = cards
    .filter(({ name }) => name !== node.name)
    .map(({ name, aheadMs }) => ({ name: `node ${name}`, aheadMs: ownAheadMs - aheadMs }))
  return [{ name: servers, aheadMs: ownAheadMs }, ...others]
    .filter(({ aheadMs }) => Math.abs(aheadMs) > clocksApartMsMax)
    .map(({ name, aheadMs }) => apart(`node ${node.name}`, name, aheadMs))
}

export const healthOf = (reasons: Reasons): CoordinationHealth => {
  const all = [...ofReach(reasons), ...ofName(reasons), ...ofClocks(reasons)]
  // Out of reach, the inbox is too: said once.
  if (all.length === 0 && reasons.inbox !== undefined) {
    all.push(
      `the inbox of node ${reasons.node.name} is not read: ${reasons.servers} ${reasons.inbox}`,
    )
  }
  return { ok: all.length === 0, reasons: all }
}
