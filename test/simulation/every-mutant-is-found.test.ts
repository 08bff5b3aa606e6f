// Each planted bug must be found: a rule that finds nothing is no rule. From the seed of the other test,
// so that the product itself passes the very same schedules.
import { expect, test } from 'vitest'

import { isLong } from '../faults/toll.js'
import { findMutant } from './mutants/run-mutants.js'
import { mutants } from './mutants/catalogue.js'

const seed = Number(process.env['TILLGATE_SEED'] ?? 1)
const schedulesMax = 1_500

/** Since an Unbind goes through a case it was not found in 1,500: fewer bodies of earlier sessions are about. */
const rare: ReadonlySet<string> = new Set(['session-of-body-ignored'])

for (const mutant of mutants) {
  const isRare = rare.has(mutant.name)
  test(`${mutant.name} is found from seed ${String(seed)}: ${mutant.plants}`, async ({ skip }) => {
    if (isRare && !isLong) skip('wants thousands of schedules: TILLGATE_LONG=1')
    const most = isRare ? 6 * schedulesMax : schedulesMax
    const { found } = await findMutant(mutant, { seed, schedulesMax: most })
    expect(found).toBeDefined()
  }, 1_500_000)
}

test('no two of them are the same bug by name', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length)
})
