/** What a run of schedules came to, as a table for eyes and as one line for scripts. */
import { checkers } from './checkers/catalogue.js'
import type { Totals } from './run-schedules.js'

export const asJsonLine = ({ schedules, violations, perSecond, historyHash }: Totals): string =>
  JSON.stringify({ schedules, violations, perSecond, historyHash })

const line = (name: string, value: string, meaning: string): string =>
  `  ${name.padEnd(14)}${value.padStart(9)}   ${meaning}`

const each = (total: number, { schedules }: Totals): string => (total / schedules).toFixed(1)

export const asTable = (totals: Totals): string =>
  [
    '',
    line('schedules', String(totals.schedules), `${totals.virtualHours.toFixed(1)} virtual hours`),
    line('a second', totals.perSecond.toFixed(1), 'on one core'),
    line('commands', each(totals.commands, totals), `each, at least ${String(totals.commandsMin)}`),
    line('events', each(totals.events, totals), `each, at least ${String(totals.eventsMin)}`),
    line('rules', String(checkers.length), 'watched in every schedule:'),
    ...checkers.map(({ rule }) => `${' '.repeat(28)}${rule}`),
    line('violations', String(totals.violations), ''),
    line(
      'history',
      totals.historyHash.slice(0, 9),
      `${totals.historyHash.slice(9, 18)}… the same seed, the same hash`,
    ),
    '',
    totals.violations === 0 ? '  No rule was broken.' : '  A RULE WAS BROKEN.',
    '',
  ].join('\n')
