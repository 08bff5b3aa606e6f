/** One full case, walked and then checked. */
import type { Progress } from '../progress.js'
import type { Scene } from '../scene.js'
import type { SecondPersons } from '../second-persons.js'
import { checkJourney, type Checks } from './checks.js'
import { walkJourney } from './walk.js'

export interface JourneyReport {
  readonly ok: boolean
  readonly checks: Checks
}

export const runJourney = async (
  scene: Scene,
  people: SecondPersons,
  progress: Progress,
): Promise<JourneyReport> => {
  const walked = await walkJourney(scene, people, progress)
  await walked.member.terminal?.stop()
  const checks = await checkJourney(scene, walked)
  return { ok: Object.values(checks).every(Boolean), checks }
}

export const asJourneyLine = ({ ok, checks }: JourneyReport): string =>
  JSON.stringify({ journey: 'unbind', ok, checks })

export const asJourneyTable = ({ ok, checks }: JourneyReport): string =>
  [
    '',
    ...Object.entries(checks).map(([name, isSo]) => `  ${isSo ? '✓' : '✗'} ${name}`),
    '',
    ok ? '  One case, from the wish to the closed file.' : '  SOMETHING WENT WRONG.',
    '',
  ].join('\n')
