// Each planted bug must be found: a rule that finds nothing is no rule. From the seed of the other test,
// so that the product itself passes the very same schedules.
import { expect, test } from 'vitest'

import { findMutant } from './mutants/run-mutants.js'
import { mutants } from './mutants/catalogue.js'

const seed = Number(process.env['TILLGATE_SEED'] ?? 1)
const schedulesMax = 1_500

test.each(mutants.map((mutant) => ({ mutant, name: mutant.name, plants: mutant.plants })))(
  `$name is found from seed ${String(seed)}: $plants`,
  async ({ mutant }) => {
    const { found } = await findMutant(mutant, { seed, schedulesMax })
    expect(found).toBeDefined()
  },
  300_000,
)

test('no two of them are the same bug by name', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length)
})
