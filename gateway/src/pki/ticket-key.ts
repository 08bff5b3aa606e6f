/**
 * The TLS ticket key: who has it can be any terminal that has connected, so it lies sealed in the
 * vault, is shared by all nodes through it and nothing else, survives a restart, and is made anew once
 * a day at a quiet hour (Node holds one key without overlap: a change costs every terminal one full
 * handshake at its next connection). A retired key is dropped, not kept.
 */
import type { Clock, Entropy } from '../core/ports/system.js'
import { pkiLimits } from './limits.js'
import type { Vault } from './vault.js'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Days are counted from quiet hour to quiet hour. */
export const ticketDay = (nowMs: number, quietHourUtc: number): number =>
  Math.floor((nowMs - quietHourUtc * hourMs) / dayMs)

/** When the next key is due. */
export const ticketDueMs = (nowMs: number, quietHourUtc: number): number =>
  (ticketDay(nowMs, quietHourUtc) + 1) * dayMs + quietHourUtc * hourMs

const prefix = 'ticket-key/'
const dayOf = (row: { readonly name: string }): number => Number(row.name.slice(prefix.length))

/** The key of this day, or of a later one where another node's clock is ahead. */
export const ensureTicketKey = async (
  quietHourUtc: number,
  {
    vault,
    clock,
    entropy,
  }: { readonly vault: Vault; readonly clock: Clock; readonly entropy: Entropy },
): Promise<Uint8Array> => {
  const day = ticketDay(clock.now(), quietHourUtc)
  const live = await vault.live('ticket-key')
  const newest = live.findLast((row) => dayOf(row) >= day)
  const row =
    newest ??
    (await vault.keep({
      name: `${prefix}${String(day)}`,
      kind: 'ticket-key',
      publicPart: null,
      secret: entropy.bytes(pkiLimits.ticketKeyBytes),
      retires: live.map((old) => old.name),
    }))
  return vault.reveal(row)
}
