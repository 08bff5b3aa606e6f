/** `tillgate-sim behaviours`: every behaviour with its default share, and where that figure comes from. */
import { Command } from 'commander'
import { behaviourNames, entryOf } from '../fleet/catalogue.js'

const nameWidth = 23
const shareWidth = 9
const sourceWidth = 21

const percent = (share: number): string => `${String(Number((share * 100).toFixed(2)))} %`

const shareOf = (share: number): string =>
  percent(share)
    .padStart(shareWidth - 2)
    .padEnd(shareWidth)

const sourceOf = (sources: readonly string[]): string =>
  sources.length === 0 ? 'assumption' : `sourced ${sources.join(' ')}`

const table = (): string =>
  [
    'behaviour'.padEnd(nameWidth) + 'share'.padEnd(shareWidth) + 'source'.padEnd(sourceWidth),
    ...behaviourNames.flatMap((name) => {
      const { share, sources, en, zh } = entryOf(name)
      const head = name.padEnd(nameWidth) + shareOf(share)
      return [head + sourceOf(sources).padEnd(sourceWidth) + en, `${' '.repeat(4)}${zh}`]
    }),
    '',
    'Shares are of all terminals, as --faults draws them; --behaviours name=share,… sets them one by one.',
    'An assumption is this simulator’s own, and no fact from outside.',
  ].join('\n')

const asJson = (): string =>
  behaviourNames
    .map((name) => {
      const { share, sources, en, zh } = entryOf(name)
      return JSON.stringify({ name, share, sources, en, zh })
    })
    .join('\n')

export const behavioursCommand = (): Command =>
  new Command('behaviours')
    .description('list the ways in which a terminal of this world is not ideal')
    .option('--json', 'one line of JSON each')
    .action(({ json }: { readonly json?: boolean }) =>
      console.log(json === true ? asJson() : table()),
    )
