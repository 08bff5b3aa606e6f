/**
 * dispatch, dispatchSigned, dispatchTwoPhase: how many commands a second, beside a raw ping-pong of the
 * same sizes over as many TLS sockets, repetition by repetition in turn on the same machine.
 */
import type { LoadFigures, LoadKind } from '../gateway/calls.js'
import { median, rounded, spread } from '../statistics.js'
import { EchoStage, type EchoFigures } from './echo-stage.js'
import { FleetStage } from './fleet-stage.js'
import type { Bench, MeasureRows, Row, RowName } from './row.js'

interface Course {
  readonly name: RowName
  readonly kind: LoadKind
  readonly commands: number
  readonly signsAll: boolean
  /** What one command sends up that is acknowledged. */
  readonly uplinksPerCommand: number
  readonly notes: readonly string[]
}

interface Repetition {
  readonly commands: number
  readonly exchanges: number
  readonly load: LoadFigures
  readonly generatorCpuSeconds: number
  readonly echo: EchoFigures
  readonly downBytes: number
  readonly upBytes: number
  readonly rootsVerified: number
  readonly repeated: number
}

const coursesOf = ({ sizes }: Bench): readonly Course[] => [
  {
    name: 'dispatch',
    kind: 'SelfTest',
    commands: sizes.commands,
    signsAll: false,
    uplinksPerCommand: 1,
    notes: [
      'one command: SelfTest ordered through the service, durable, signed, published, one Result under the MAC, durable, PUBACK',
      'each distinct batch root is verified once per generator process; the end-to-end tests verify per terminal',
    ],
  },
  {
    name: 'dispatchSigned',
    kind: 'SelfTest',
    commands: sizes.signedCommands,
    signsAll: true,
    uplinksPerCommand: 1,
    notes: ['as dispatch, with every uplink signed by the identity key instead of the MAC'],
  },
  {
    name: 'dispatchTwoPhase',
    kind: 'Unbind',
    commands: sizes.terminals,
    signsAll: false,
    uplinksPerCommand: 2,
    notes: [
      'one command: an unbind case, approved before, opened, checked, and from its Unbind on: signed Ready, receipt, host block (a recorder says yes), Proceed, signed Proof, receipt',
      'each terminal is bound again before each repetition, outside the measured time',
    ],
  },
]

interface Stages {
  readonly fleet: FleetStage
  readonly echo: EchoStage
}

const mustBe = (what: string, found: number, wanted: number): void => {
  if (found === wanted) return
  throw new Error(`${what}: ${String(found)} where ${String(wanted)} were due`)
}

const patienceMs = 10_000
const lookMs = 20

/** The records have the last results; their PUBACKs are still on their way. */
const acknowledged = async ({ fleet }: Stages) => {
  const untilMs = performance.now() + patienceMs
  for (;;) {
    const tally = await fleet.generator.call('tally')
    if (tally.pubacks === tally.uplinks || performance.now() > untilMs) return tally
    await new Promise((resolve) => setTimeout(resolve, lookMs))
  }
}

/**
 * Nothing is open, everything was said and acknowledged. A look of the dispatch loop may repeat a command
 * whose claim it sees before its own process hears of it: the terminal says its answer again, and that
 * is counted.
 */
const checked = async (stages: Stages, course: Course, commands: number) => {
  const wanted = commands * course.uplinksPerCommand
  const tally = await acknowledged(stages)
  const repeated = tally.uplinks - wanted
  if (repeated < 0) mustBe('uplinks', tally.uplinks, wanted)
  mustBe('PUBACKs', tally.pubacks, tally.uplinks)
  const { gateway, sns } = stages.fleet
  mustBe('open commands', await gateway.call('openCommands', sns), 0)
  return { ...tally, repeated }
}

const loadOnce = async (stages: Stages, bench: Bench, course: Course, commands: number) => {
  const { fleet } = stages
  const { inFlightMax } = bench.sizes
  const load = { kind: course.kind, commands, inFlightMax, sns: fleet.sns }
  await fleet.generator.call('forget')
  if (course.kind === 'Unbind') {
    await fleet.gateway.call('run', { ...load, kind: 'Bind' })
    await acknowledged(stages)
    await fleet.generator.call('forget')
  }
  const cpuBefore = await fleet.generator.call('cpuSeconds')
  const figures = await fleet.gateway.call('run', load)
  const tally = await checked(stages, course, commands)
  const generatorCpuSeconds = (await fleet.generator.call('cpuSeconds')) - cpuBefore
  return { figures, generatorCpuSeconds, tally }
}

const repeat = async (stages: Stages, bench: Bench, course: Course): Promise<Repetition> => {
  const { commands } = course
  const { exchanges, inFlightMax } = bench.sizes
  const { figures, generatorCpuSeconds, tally } = await loadOnce(stages, bench, course, commands)
  const downBytes = Math.round(tally.downlinkBytes / tally.downlinks)
  const upBytes = Math.round(tally.uplinkBytes / tally.uplinks)
  const echo = await stages.echo.run({ exchanges, inFlightMax, downBytes, upBytes })
  return {
    commands,
    exchanges,
    load: figures,
    generatorCpuSeconds,
    echo,
    downBytes,
    upBytes,
    rootsVerified: tally.rootsVerified,
    repeated: tally.repeated,
  }
}

const per10k = (seconds: number, count: number): number => (seconds / count) * 10_000

const runOf = (one: Repetition) => {
  const { load, echo, commands, exchanges } = one
  const rate = commands / load.seconds
  const echoRate = exchanges / echo.seconds
  return {
    commandsPerSecond: rate,
    p50Ms: load.p50Ms,
    p99Ms: load.p99Ms,
    gatewayCpuSPer10k: per10k(load.cpuSeconds, commands),
    generatorCpuSPer10k: per10k(one.generatorCpuSeconds, commands),
    exchangesPerSecond: echoRate,
    echoServerCpuSPer10k: per10k(echo.cpuSeconds, exchanges),
    echoPeersCpuSPer10k: per10k(echo.peersCpuSeconds, exchanges),
    downBytes: one.downBytes,
    upBytes: one.upBytes,
    rootsVerified: one.rootsVerified,
    repeated: one.repeated,
    nodeTlsPingPong: rate / echoRate,
    gatewayCpu: load.cpuSeconds / commands / (echo.cpuSeconds / exchanges),
    allCpu:
      (load.cpuSeconds + one.generatorCpuSeconds) /
      commands /
      ((echo.cpuSeconds + echo.peersCpuSeconds) / exchanges),
  }
}

type Run = ReturnType<typeof runOf>

const roundedRun = (run: Run): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(run).map(([name, value]) => [name, rounded(value, 4)]))

const rowOf = (course: Course, repetitions: readonly Repetition[]): Row => {
  const runs = repetitions.map(runOf)
  const middle = (name: keyof Run): number => rounded(median(runs.map((run) => run[name])), 4)
  return {
    name: course.name,
    commandsPerSecond: middle('commandsPerSecond'),
    p50Ms: middle('p50Ms'),
    p99Ms: middle('p99Ms'),
    spread: rounded(spread(runs.map((run) => run.nodeTlsPingPong))),
    cpuSecondsPer10k: {
      gateway: middle('gatewayCpuSPer10k'),
      generator: middle('generatorCpuSPer10k'),
      echoServer: middle('echoServerCpuSPer10k'),
      echoPeers: middle('echoPeersCpuSPer10k'),
    },
    exchangesPerSecond: middle('exchangesPerSecond'),
    runs: runs.map(roundedRun),
    ratios: {
      nodeTlsPingPong: middle('nodeTlsPingPong'),
      gatewayCpu: middle('gatewayCpu'),
      allCpu: middle('allCpu'),
    },
    notes: course.notes,
  }
}

const measureCourse = async (stages: Stages, bench: Bench, course: Course): Promise<Row> => {
  const { repetitions, warmUpCommands } = bench.sizes
  await stages.fleet.generator.call('signsAll', course.signsAll)
  bench.progress.step(`${course.name}: warming up`)
  const warmUp = course.kind === 'Unbind' ? course.commands : warmUpCommands
  await loadOnce(stages, bench, course, warmUp)
  const done: Repetition[] = []
  for (let round = 1; round <= repetitions; round += 1) {
    const one = await repeat(stages, bench, course)
    done.push(one)
    const { commandsPerSecond, exchangesPerSecond, nodeTlsPingPong } = runOf(one)
    bench.progress.step(
      `${course.name} ${String(round)}/${String(repetitions)}: ${commandsPerSecond.toFixed(0)} commands/s, ` +
        `${exchangesPerSecond.toFixed(0)} exchanges/s, ratio ${nodeTlsPingPong.toFixed(3)}`,
    )
  }
  return rowOf(course, done)
}

export const measureDispatch: MeasureRows = async (bench, wanted) => {
  const { terminals } = bench.sizes
  const stages: Stages = { fleet: new FleetStage(bench, terminals), echo: new EchoStage(bench) }
  const { fleet, echo } = stages
  try {
    const opened = await fleet.open(terminals)
    await fleet.dial(terminals)
    await echo.open(opened, terminals)
    const rows: Row[] = []
    for (const course of coursesOf(bench)) {
      if (wanted.has(course.name)) rows.push(await measureCourse(stages, bench, course))
    }
    return rows
  } finally {
    await echo.end()
    await fleet.end()
  }
}
