/** The demo from beginning to end: one case, step by step, then the bulk. */
import { createPrng } from '@tillgate/device-sim'

import { count } from './count.js'
import { endHostFaults, startHostFaults } from './faults.js'
import { bindFleet, makeFleet, type Member } from './fleet.js'
import { asJourneyLine, asJourneyTable, runJourney } from './journey/run-journey.js'
import type { DemoOptions } from './options.js'
import { createProgress, type Progress } from './progress.js'
import { asJsonLine, asTable, isWell, type Report } from './report.js'
import { openScene, type Scene } from './scene.js'
import { SecondPersons } from './second-persons.js'
import { keepSelling, sellRounds } from './trading.js'
import type { StartTillgate } from './tillgate.js'
import { unbindWithMisfortune } from './unbinding.js'

/** What a terminal may take at worst: a lease, a lost Proceed, a reboot; and more for a large fleet. */
const deadlineMs = (terminals: number): number => 180_000 + terminals * 250

/** A list of more than ten wants two of them; whoever has just voted waits half a minute for another code. */
const approvers = 3

/** Where what was counted lies, and for how long. */
const evidenceOf = (
  { folder, hostFolder, flashFolder }: Scene,
  stays: boolean,
): readonly (readonly [string, string])[] => [
  ['records', `${folder}/data`],
  ['host file', hostFolder],
  ['hooks', `${folder}/hooks.jsonl`],
  ['flash files', flashFolder],
  ...(stays ? [] : [['', 'removed when the demo ends; --keep leaves them'] as const]),
]

const switchOff = async (fleet: readonly Member[]): Promise<void> => {
  await Promise.all(fleet.map(async ({ terminal }) => terminal?.stop()))
}

interface Running {
  readonly scene: Scene
  readonly people: SecondPersons
  readonly progress: Progress
  readonly startedMs: number
}

/** Half of a fleet leaves, while everything goes wrong. */
const runBulk = async (
  { scene, people, progress, startedMs }: Running,
  options: DemoOptions,
  more: Staging['more'] = () => ({}),
): Promise<Report> => {
  const chance = createPrng(`${options.seed} trading`)
  const fleet = await makeFleet(scene, options, progress)
  await bindFleet(scene, fleet, progress)
  await sellRounds(fleet, { rounds: 2, chance }, progress)
  startHostFaults(scene.host)
  const leaving = fleet.filter((_, index) => index % 2 === 0)
  const trading = keepSelling(fleet, chance)
  const unbinding = { members: leaving, people }
  const ordered = await unbindWithMisfortune(scene, unbinding, progress, {
    deadlineMs: deadlineMs(options.terminals),
  })
  await trading.stop()
  await switchOff(fleet)
  endHostFaults(scene.host)
  const sold = fleet.flatMap((member) => member.sold)
  const counts = await count(scene, { ordered, sold }, progress)
  progress.end()
  return {
    ...counts,
    terminals: options.terminals,
    gatewayKills: scene.tillgate.kills,
    more: more(),
    elapsedMs: performance.now() - startedMs,
  }
}

const walk = async (
  { scene, people, progress }: Running,
  { journey, json }: DemoOptions,
): Promise<boolean> => {
  progress.step('one case, step by step')
  const report = await runJourney(scene, people, progress)
  progress.end()
  process.stderr.write(asJourneyTable(report))
  if (json && journey !== undefined) process.stdout.write(`${asJourneyLine(report)}\n`)
  return report.ok
}

export interface Staging {
  /** What else befell it. */
  readonly more?: () => Readonly<Record<string, number>>
  /** Its Tillgate takes an environment, so hooks lead out of it and one case can be walked first. */
  readonly walks: boolean
}

/** True where nothing was lost or doubled, and every step of the one case was what it should be. */
export const runDemo = async (
  options: DemoOptions,
  startTillgate: StartTillgate,
  { more, walks }: Staging,
): Promise<boolean> => {
  const startedMs = performance.now()
  const progress = createProgress(process.stderr, startedMs)
  progress.step('host and Tillgate start')
  const scene = await openScene(options.seed, startTillgate)
  progress.step(`everything lies in ${scene.folder}`)
  const keep = { evidence: true }
  try {
    const people = await SecondPersons.letIn(scene.api, approvers)
    const running = { scene, people, progress, startedMs }
    const hasWalked = walks ? await walk(running, options) : true
    const report = options.journey === undefined ? await runBulk(running, options, more) : undefined
    people.close()
    const isGood = hasWalked && (report === undefined || isWell(report))
    keep.evidence = options.keep || !isGood
    if (report !== undefined) {
      process.stderr.write(asTable(report, evidenceOf(scene, keep.evidence)))
      if (options.json) process.stdout.write(`${asJsonLine(report)}\n`)
    }
    return isGood
  } finally {
    await scene.end(keep.evidence)
  }
}
