/**
 * No sale is lost: what the customer was told is approved stands at the host, what was stored offline is
 * at the host or still in the terminal, what the host took and the customer was not told of is reversed,
 * and nothing is erased while money waits in the terminal; but after a forced close, where two persons have
 * granted that what was never settled goes.
 */
import type { SaleEntry } from '@tillgate/device-sim'
import { uuidToText } from '@tillgate/protocol'

import type { SimulatedTerminal } from '../world/terminals.js'
import type { AtRest, Checker, Say } from './checker.js'

interface Sold {
  readonly sn: string
  readonly tid: string
  readonly trace: number
  readonly amountMinor: number
  readonly outcome: 'approved' | 'stored'
}

const keyOf = (tid: string, trace: number): string => `${tid}/${String(trace)}`

const tidOf = (terminal: SimulatedTerminal | undefined): string =>
  terminal?.running.state().flash.areas.params.get('tid')?.text ?? ''

const entriesAt = ({ host }: AtRest): ReadonlyMap<string, readonly SaleEntry[]> => {
  const found = new Map<string, SaleEntry[]>()
  for (const { name, batches } of host.switch.ledgers()) {
    for (const entry of batches.flatMap(({ entries }) => entries)) {
      const key = keyOf(name.tid, entry.trace)
      found.set(key, [...(found.get(key) ?? []), entry])
    }
  }
  return found
}

interface Told {
  readonly sold: readonly Sold[]
  readonly booked: ReadonlySet<string>
  /** Erased after a forced close. */
  readonly given: ReadonlySet<string>
}

const judge = (say: Say, rest: AtRest, { sold, booked, given }: Told): void => {
  const atHost = entriesAt(rest)
  const flashes = new Map(rest.terminals.map(({ sn, running }) => [sn, running.state().flash]))
  const told = new Set(booked)
  for (const { sn, tid, trace, amountMinor, outcome } of sold) {
    const key = keyOf(tid, trace)
    told.add(key)
    const standing = (atHost.get(key) ?? []).filter(
      (entry) => entry.reversedAtMs === undefined && entry.amountMinor === amountMinor,
    )
    if (standing.length > 1) say(`sale ${key} stands ${String(standing.length)} times at the host`)
    if (standing.length > 0) continue
    const waits = [...(flashes.get(sn)?.areas.offline.values() ?? [])].some(
      (sale) => sale.trace === trace && sale.amountMinor === amountMinor,
    )
    if (given.has(key)) continue
    if (outcome === 'approved' || !waits) say(`the ${outcome} sale ${key} of ${sn} is lost`)
  }
  for (const [key, entries] of atHost) {
    if (
      told.has(key) ||
      given.has(key) ||
      entries.every(({ reversedAtMs }) => reversedAtMs !== undefined)
    )
      continue
    say(`the host holds sale ${key} of which nobody was told`)
  }
}

export const noSaleIsLost: Checker = {
  name: 'no-sale-is-lost',
  rule: 'no sale that the host accepted, or that a customer was told of, is lost',
  begin: (say, { terminals, ledger }) => {
    const sold: Sold[] = []
    /** In a terminal's batch: approved, its slip is printed after a power cut as well. */
    const booked = new Set<string>()
    const given = new Set<string>()
    return {
      seen(what) {
        if (what.what === 'sold') sold.push(what)
        if (what.what !== 'flashed') return
        for (const change of what.changes) {
          if ('area' in change && change.area === 'batch' && change.value !== undefined) {
            booked.add(keyOf(tidOf(terminals.get(what.sn)), change.value.trace))
          }
          const begins =
            'cell' in change && change.cell === 'erasure' && change.value?.resumed === 0
          if (!begins) continue
          const terminal = terminals.get(what.sn)
          const areas = terminal?.running.state().flash.areas
          const ordered = ledger.command(uuidToText(change.value.commandId))
          const isForced = ledger.isForcedErase(ordered)
          for (const area of ['batch', 'offline', 'reversal'] as const) {
            const left = [...(areas?.[area].values() ?? [])]
            if (isForced) for (const { trace } of left) given.add(keyOf(tidOf(terminal), trace))
            else if (left.length > 0) say(`${what.sn} erases with money in ${area}`)
          }
        }
      },
      atRest: (rest) => judge(say, rest, { sold, booked, given }),
    }
  },
}
