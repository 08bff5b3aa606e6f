/** What a run of schedules came to, as a table for eyes and as one line for scripts. */
import { checkers } from './checkers/catalogue.js'
import type { Day } from './day.js'
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

const hours = (ms: number): string => (ms / 3_600_000).toFixed(1)

export const dayAsJsonLine = ({ outcome, ends, open, isDrained }: Day, seconds: number): string =>
  JSON.stringify({
    cases: outcome.cases.length,
    ...{ open, drained: isDrained, ends: Object.fromEntries(ends) },
    violations: outcome.violations.length,
    ...{ virtualHours: Number(hours(outcome.tookMs)), seconds: Math.round(seconds) },
    historyHash: outcome.digest,
  })

export const dayAsTable = ({ outcome, ends, open, isDrained }: Day, seconds: number): string =>
  [
    '',
    line('terminals', String(outcome.terminals), `${hours(outcome.tookMs)} virtual hours`),
    line('seconds', seconds.toFixed(1), `${String(outcome.events)} events`),
    line('cases', String(outcome.cases.length), ''),
    ...[...ends].map(([state, count]) => line('', String(count), state)),
    line('open', String(open), 'that have not ended'),
    line('violations', String(outcome.violations.length), `of ${String(checkers.length)} rules`),
    '',
    isDrained ? '  Every case has ended, and no rule was broken.' : '  SOMETHING WENT WRONG.',
    '',
  ].join('\n')
