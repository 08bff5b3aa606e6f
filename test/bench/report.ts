/** The benchmark's result: a table for eyes, one line for scripts. */
import type { Row } from './rows/row.js'

export const asJsonLine = (rows: readonly Row[]): string => JSON.stringify({ benchmarks: rows })

const shown = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([name, one]) => `${name} ${String(one)}`)
        .join('  ')
    : String(value)

const line = (name: string, value: unknown): string => `    ${name.padEnd(26)}${shown(value)}`

const rowText = ({ name, notes, ratios, runs, ...figures }: Row): readonly string[] => [
  `  ${name}`,
  ...Object.entries(figures).map(([figure, value]) => line(figure, value)),
  ...Object.entries(ratios).map(([ratio, value]) => line(`ratio ${ratio}`, value)),
  line('runs', runs.length),
  ...notes.map((note) => `    · ${note}`),
  '',
]

export const asTable = (rows: readonly Row[]): string => ['', ...rows.flatMap(rowText)].join('\n')
