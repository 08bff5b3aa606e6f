/** The demo from beginning to end. */
import { createPrng } from '@tillgate/device-sim'

import { count } from './count.js'
import { endHostFaults, startHostFaults } from './faults.js'
import { bindFleet, makeFleet, type Member } from './fleet.js'
import type { DemoOptions } from './options.js'
import { createProgress } from './progress.js'
import { asJsonLine, asTable, isWell, type Report } from './report.js'
import { openScene, type Scene } from './scene.js'
import { keepSelling, sellRounds } from './trading.js'
import type { StartTillgate } from './tillgate.js'
import { unbindWithMisfortune } from './unbinding.js'

/** What a terminal may take at worst: a lease, a lost Proceed, a reboot; and more for a large fleet. */
const deadlineMs = (terminals: number): number => 180_000 + terminals * 250

/** Where what was counted lies, and for how long. */
const evidenceOf = (
  { folder, hostFolder, flashFolder }: Scene,
  stays: boolean,
): readonly (readonly [string, string])[] => [
  ['records', `${folder}/data`],
  ['host file', hostFolder],
  ['flash files', flashFolder],
  ...(stays ? [] : [['', 'removed when the demo ends; --keep leaves them'] as const]),
]

const switchOff = async (fleet: readonly Member[]): Promise<void> => {
  await Promise.all(fleet.map(async ({ terminal }) => terminal?.stop()))
}

/** True where nothing was lost or doubled. */
export const runDemo = async (
  options: DemoOptions,
  startTillgate: StartTillgate,
  more: () => Readonly<Record<string, number>> = () => ({}),
): Promise<boolean> => {
  const startedMs = performance.now()
  const progress = createProgress(process.stderr, startedMs)
  const chance = createPrng(`${options.seed} trading`)
  progress.step('host and Tillgate start')
  const scene = await openScene(options.seed, startTillgate)
  progress.step(`everything lies in ${scene.folder}`)
  const keep = { evidence: options.keep }
  try {
    const fleet = await makeFleet(scene, options, progress)
    await bindFleet(scene, fleet, progress)
    await sellRounds(fleet, { rounds: 2, chance }, progress)
    startHostFaults(scene.host)
    const leaving = fleet.filter((_, index) => index % 2 === 0)
    const trading = keepSelling(fleet, chance)
    const ordered = await unbindWithMisfortune(scene, leaving, progress, {
      deadlineMs: deadlineMs(options.terminals),
    })
    await trading.stop()
    await switchOff(fleet)
    endHostFaults(scene.host)
    const sold = fleet.flatMap((member) => member.sold)
    const counts = await count(scene, { ordered, sold }, progress)
    progress.end()
    const report: Report = {
      ...counts,
      terminals: options.terminals,
      gatewayKills: scene.tillgate.kills,
      more: more(),
      elapsedMs: performance.now() - startedMs,
    }
    keep.evidence ||= !isWell(report)
    const evidence = evidenceOf(scene, keep.evidence)
    process.stderr.write(asTable(report, evidence))
    if (options.json) process.stdout.write(`${asJsonLine(report)}\n`)
    return isWell(report)
  } finally {
    await scene.end(keep.evidence)
  }
}
