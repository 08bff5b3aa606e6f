/**
 * latency: one command at a time, beside a lone ping-pong and the fsyncs of the same disk. A command
 * waits for two of them (the order, the result) and for one exchange; what is above is ours. The first
 * commands after the start are measured by themselves: until V8 has compiled what they run through, one
 * takes two to three times as long.
 */
import { median, rounded } from '../statistics.js'
import { EchoStage } from './echo-stage.js'
import { FleetStage } from './fleet-stage.js'
import type { Bench, MeasureRows, Row } from './row.js'

/** Of one command: what was ordered, and how it ended. */
const fsyncsPerCommand = 2

const terminals = 10

interface Run {
  readonly commandP50Ms: number
  readonly commandP99Ms: number
  readonly pingPongP50Ms: number
  readonly fsyncP50Ms: number
}

const measureOnce = async ({ sizes }: Bench, fleet: FleetStage, echo: EchoStage): Promise<Run> => {
  const commands = sizes.loneCommands
  const load = await fleet.gateway.call('run', {
    kind: 'SelfTest',
    commands,
    inFlightMax: 1,
    sns: fleet.sns,
  })
  const { downlinks, downlinkBytes, uplinks, uplinkBytes } = await fleet.generator.call('tally')
  const downBytes = Math.round(downlinkBytes / downlinks)
  const upBytes = Math.round(uplinkBytes / uplinks)
  const pingPong = await echo.run({ exchanges: commands, inFlightMax: 1, downBytes, upBytes })
  const fsyncP50Ms = await fleet.gateway.call('fsyncMs', commands)
  const { p50Ms: commandP50Ms, p99Ms: commandP99Ms } = load
  return { commandP50Ms, commandP99Ms, pingPongP50Ms: pingPong.p50Ms, fsyncP50Ms }
}

const ratioOf = ({ commandP50Ms, pingPongP50Ms, fsyncP50Ms }: Run): number =>
  commandP50Ms / (pingPongP50Ms + fsyncsPerCommand * fsyncP50Ms)

/** As many at a time as there are terminals, none of them measured. */
const warmUp = async ({ sizes }: Bench, fleet: FleetStage): Promise<void> => {
  const commands = sizes.warmUpCommands
  await fleet.gateway.call('run', {
    kind: 'SelfTest',
    commands,
    inFlightMax: terminals,
    sns: fleet.sns,
  })
}

const rowOf = (first: Run, runs: readonly Run[]): Row => {
  const middle = (name: keyof Run): number => rounded(median(runs.map((run) => run[name])))
  return {
    name: 'latency',
    p50Ms: middle('commandP50Ms'),
    p99Ms: middle('commandP99Ms'),
    /** Of the first commands of a gateway that has just started. */
    coldP50Ms: rounded(first.commandP50Ms),
    pingPongP50Ms: middle('pingPongP50Ms'),
    fsyncP50Ms: middle('fsyncP50Ms'),
    /** What a lone command should not exceed: three fsyncs and a millisecond. */
    boundMs: rounded(3 * median(runs.map(({ fsyncP50Ms }) => fsyncP50Ms)) + 1),
    runs: runs.map((run) => ({ ...run, lonePingPongFsync: rounded(ratioOf(run)) })),
    ratios: { lonePingPongFsync: rounded(median(runs.map(ratioOf))) },
    notes: [
      'one SelfTest at a time; the ratio is to one ping-pong and two fsyncs of one page',
      'boundMs: three fsyncs and one millisecond',
      'coldP50Ms: the first commands after the start, before V8 has compiled their way',
    ],
  }
}

export const measureLatency: MeasureRows = async (bench) => {
  const fleet = new FleetStage(bench, terminals)
  const echo = new EchoStage(bench)
  try {
    const opened = await fleet.open(terminals)
    await fleet.dial(terminals)
    await echo.open(opened, terminals)
    const first = await measureOnce(bench, fleet, echo)
    bench.progress.step('latency: warming up')
    await warmUp(bench, fleet)
    const runs: Run[] = []
    for (let round = 1; round <= bench.sizes.repetitions; round += 1) {
      const run = await measureOnce(bench, fleet, echo)
      runs.push(run)
      const { commandP50Ms, pingPongP50Ms, fsyncP50Ms } = run
      bench.progress.step(
        `latency: ${commandP50Ms.toFixed(2)} ms, ping-pong ${pingPongP50Ms.toFixed(2)} ms, fsync ${fsyncP50Ms.toFixed(2)} ms`,
      )
    }
    return [rowOf(first, runs)]
  } finally {
    await echo.end()
    await fleet.end()
  }
}
