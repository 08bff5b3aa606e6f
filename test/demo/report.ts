/** The demo's result, as a table for eyes and as one line for scripts. */
import type { Counts } from './count.js'

export interface Report extends Counts {
  readonly terminals: number
  readonly gatewayKills: number
  /** What else befell it, by name. */
  readonly more: Readonly<Record<string, number>>
  readonly elapsedMs: number
}

export const asJsonLine = (r: Report): string =>
  JSON.stringify({
    terminals: r.terminals,
    ordered: r.ordered,
    verified: r.verified,
    refused: r.refused,
    pending: r.pending,
    unknown: r.unknown,
    lost: r.lost,
    doubled: r.doubled,
    proofsVerified: r.proofsVerified,
    gatewayKills: r.gatewayKills,
    ...r.more,
    elapsedMs: Math.round(r.elapsedMs),
  })

/** Nothing was lost and nothing was done twice. */
export const isWell = (r: Report): boolean => r.lost === 0 && r.doubled === 0

const line = (name: string, value: number | string, meaning: string): string =>
  `  ${name.padEnd(16)}${String(value).padStart(7)}   ${meaning}`

export const asTable = (r: Report, evidence: readonly (readonly [string, string])[]): string =>
  [
    '',
    line('terminals', r.terminals, 'in the fleet, each with its own flash'),
    line(
      'sales',
      r.sales.approved + r.sales.stored,
      `${String(r.sales.stored)} of them taken offline`,
    ),
    line(
      'ordered',
      r.ordered,
      'unbind cases asked for through the API, approved by two other persons',
    ),
    line(
      'verified',
      r.verified,
      'case closed, proof valid, host refuses the TID, no key left in the flash',
    ),
    line(
      'refused',
      r.refused,
      [...r.refusals].map(([code, n]) => `${code} ${String(n)}`).join(', ') ||
        'by the terminal, with a reason; the case asks again',
    ),
    line('pending', r.pending, 'still under way, visibly'),
    line('unknown', r.unknown, 'outcome not known'),
    line('lost', r.lost, 'orders or sales that nobody has any more'),
    line('doubled', r.doubled, 'erasures or sales that took place twice'),
    line('proofs', r.proofsVerified, 'valid under the terminals’ own certificates'),
    line('gateway kills', r.gatewayKills, 'SIGKILL in the middle'),
    ...Object.entries(r.more).map(([name, value]) => line(name, value, '')),
    line('seconds', (r.elapsedMs / 1_000).toFixed(1), ''),
    '',
    ...r.findings.map((finding) => `  ! ${finding}`),
    ...evidence.map(([name, path]) => `  ${name.padEnd(16)} ${path}`),
    '',
    isWell(r) ? '  Nothing was lost, nothing was done twice.' : '  SOMETHING WENT WRONG.',
    '',
  ].join('\n')
