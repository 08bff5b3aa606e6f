/** The benchmark from beginning to end: one group of rows after the other, never two at once. */
import { createProgress } from '../demo/progress.js'
import type { BenchOptions } from './options.js'
import { measureDispatch } from './rows/dispatch.js'
import { measureNodes } from './rows/nodes.js'
import { measureLatency } from './rows/latency.js'
import { measureOpenCases } from './rows/open-cases.js'
import type { Bench, MeasureRows, Row, RowName } from './rows/row.js'
import { measureProof } from './rows/proof.js'
import { measureSealed } from './rows/sealed.js'
import { measureSessions } from './rows/sessions.js'
import { measureSizing } from './rows/sizing.js'
import { fullSizes, quickSizes } from './sizes.js'

interface Group {
  readonly rows: readonly RowName[]
  readonly measure: MeasureRows
}

const groups: readonly Group[] = [
  { rows: ['dispatch', 'dispatchSigned', 'dispatchTwoPhase'], measure: measureDispatch },
  { rows: ['dispatchNodes'], measure: measureNodes },
  { rows: ['dispatchSealed'], measure: measureSealed },
  { rows: ['auditProof'], measure: measureProof },
  { rows: ['latency'], measure: measureLatency },
  { rows: ['idle', 'storm'], measure: measureSessions },
  { rows: ['sizing'], measure: measureSizing },
  { rows: ['openCases'], measure: measureOpenCases },
]

export const runBench = async (options: BenchOptions): Promise<readonly Row[]> => {
  const bench: Bench = {
    sizes: options.quick ? quickSizes : fullSizes,
    progress: createProgress(process.stderr, performance.now()),
    profileFolder: options.profile,
  }
  const rows: Row[] = []
  for (const { rows: names, measure } of groups) {
    if (!names.some((name) => options.rows.has(name))) continue
    rows.push(...(await measure(bench, options.rows)))
  }
  bench.progress.end()
  return rows
}
