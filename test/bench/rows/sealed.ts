/**
 * dispatchSealed: what sealing the ledger costs a command. Two gateways with a fleet each, one that seals and
 * one that does not, repetition by repetition in turn; CPU is counted until the sealing one has nothing left.
 */
import { median, rounded, spread } from '../statistics.js'
import { FleetStage } from './fleet-stage.js'
import type { Bench, MeasureRows, Row } from './row.js'

/** More than the sealing loop waits before it looks, several times. */
const settledMs = 1_500

/** The gateway's CPU for one command, in µs. */
const cpuOf = async (stage: FleetStage, bench: Bench, commands: number): Promise<number> => {
  const { inFlightMax } = bench.sizes
  const load = { kind: 'SelfTest', commands, inFlightMax, sns: stage.sns } as const
  const before = await stage.gateway.call('cpuSeconds')
  await stage.gateway.call('run', load)
  await new Promise((resolve) => setTimeout(resolve, settledMs))
  const seconds = (await stage.gateway.call('cpuSeconds')) - before
  await stage.generator.call('forget')
  return (seconds / commands) * 1_000_000
}

const measure = async (bench: Bench, sealed: FleetStage, bare: FleetStage): Promise<Row> => {
  const { commands, warmUpCommands, repetitions } = bench.sizes
  bench.progress.step('dispatchSealed: warming up')
  await cpuOf(bare, bench, warmUpCommands)
  await cpuOf(sealed, bench, warmUpCommands)
  const runs: { sealedCpuUs: number; bareCpuUs: number; sealedCpu: number }[] = []
  for (let round = 1; round <= repetitions; round += 1) {
    // Who goes first takes turns: the machine gets busier or calmer meanwhile.
    const first = round % 2 === 0 ? await cpuOf(sealed, bench, commands) : undefined
    const bareCpuUs = await cpuOf(bare, bench, commands)
    const sealedCpuUs = first ?? (await cpuOf(sealed, bench, commands))
    runs.push({ sealedCpuUs, bareCpuUs, sealedCpu: sealedCpuUs / bareCpuUs })
    bench.progress.step(
      `dispatchSealed ${String(round)}/${String(repetitions)}: ${sealedCpuUs.toFixed(0)} µs of CPU a command, ` +
        `${bareCpuUs.toFixed(0)} unsealed`,
    )
  }
  const middle = (name: keyof (typeof runs)[number]): number =>
    rounded(median(runs.map((run) => run[name])), 4)
  return {
    name: 'dispatchSealed',
    sealedCpuUs: middle('sealedCpuUs'),
    bareCpuUs: middle('bareCpuUs'),
    spread: rounded(spread(runs.map(({ sealedCpu }) => sealedCpu))),
    runs: runs.map((run) => ({ ...run })),
    ratios: { sealedCpu: middle('sealedCpu') },
    notes: [
      'the gateway’s CPU for one SelfTest with the ledger sealed, beside a gateway that seals nothing',
    ],
  }
}

export const measureSealed: MeasureRows = async (bench) => {
  const { terminals } = bench.sizes
  const sealed = new FleetStage(bench, terminals)
  const bare = new FleetStage(bench, terminals, undefined, true)
  try {
    for (const stage of [sealed, bare]) {
      await stage.open(terminals)
      await stage.dial(terminals)
    }
    return [await measure(bench, sealed, bare)]
  } finally {
    await bare.end()
    await sealed.end()
  }
}
