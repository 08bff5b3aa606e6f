/** A row of the benchmark's output, and what measures one. */
import type { Progress } from '../../demo/progress.js'
import type { Sizes } from '../sizes.js'

/** What can be asked for by name. */
export const rowNames = [
  'dispatch',
  'dispatchSigned',
  'dispatchTwoPhase',
  'dispatchNodes',
  'dispatchSealed',
  'auditProof',
  'latency',
  'idle',
  'storm',
  'sizing',
  'openCases',
] as const
export type RowName = (typeof rowNames)[number]

export interface Row {
  readonly name: RowName
  /** What it was, and what it was not: goes with the figures wherever they go. */
  readonly notes: readonly string[]
  readonly ratios: Readonly<Record<string, number>>
  readonly runs: readonly Readonly<Record<string, number>>[]
  readonly [figure: string]: unknown
}

export interface Bench {
  readonly sizes: Sizes
  readonly progress: Progress
  readonly profileFolder: string | undefined
}

/** Measures those of its rows that were asked for, on one set of processes. */
export type MeasureRows = (bench: Bench, wanted: ReadonlySet<RowName>) => Promise<readonly Row[]>
