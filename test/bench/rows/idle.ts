/**
 * idle: what a session costs that says nothing, beside a bare TLS socket of Node's. Growth from a tenth of
 * the sessions to all of them, after collections, so that what a process needs anyway is not counted. The
 * median of several rounds.
 */
import type { Memory } from '../processes/usage.js'
import { median, rounded, spread } from '../statistics.js'
import { EchoStage } from './echo-stage.js'
import type { FleetStage } from './fleet-stage.js'
import type { Bench, Row } from './row.js'

interface Growth {
  readonly rssBytes: number
  readonly heapBytes: number
}

const perSession = (before: Memory, after: Memory, sessions: number): Growth => ({
  rssBytes: (after.rssBytes - before.rssBytes) / sessions,
  heapBytes: (after.heapBytes - before.heapBytes) / sessions,
})

interface Round {
  readonly rssBytesPerSession: number
  readonly heapBytesPerSession: number
  readonly rssBytesPerBareSocket: number
  readonly heapBytesPerBareSocket: number
}

const grow = async (bench: Bench, fleet: FleetStage): Promise<Growth> => {
  const { idleSessions } = bench.sizes
  const first = Math.ceil(idleSessions / 10)
  await fleet.dial(first)
  const before = await fleet.gateway.call('memory')
  await fleet.dial(idleSessions, { from: first })
  return perSession(before, await fleet.gateway.call('memory'), idleSessions - first)
}

const growBare = async (bench: Bench, fleet: FleetStage): Promise<Growth> => {
  const { idleSessions } = bench.sizes
  const first = Math.ceil(idleSessions / 10)
  const { opened } = fleet
  if (opened === undefined) throw new Error('the gateway is not open')
  const echo = new EchoStage(bench)
  try {
    await echo.open(opened, first)
    const before = await echo.server.call('memory')
    await echo.more(opened, idleSessions - first)
    return perSession(before, await echo.server.call('memory'), idleSessions - first)
  } finally {
    await echo.end()
  }
}

const measureRound = async (bench: Bench, fleet: FleetStage): Promise<Round> => {
  // What enrolling, or the round before, has left behind is not to be taken for sessions.
  await fleet.restartGateway()
  const gateway = await grow(bench, fleet)
  const bare = await growBare(bench, fleet)
  return {
    rssBytesPerSession: gateway.rssBytes,
    heapBytesPerSession: gateway.heapBytes,
    rssBytesPerBareSocket: bare.rssBytes,
    heapBytesPerBareSocket: bare.heapBytes,
  }
}

const memoryRatio = (round: Round): number => round.rssBytesPerSession / round.rssBytesPerBareSocket
const heapRatio = (round: Round): number => round.heapBytesPerSession / round.heapBytesPerBareSocket

const whole = (round: Round): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(round).map(([name, bytes]) => [name, Math.round(bytes)]))

const rowOf = ({ sizes }: Bench, rounds: readonly Round[]): Row => {
  const middle = (name: keyof Round): number =>
    Math.round(median(rounds.map((round) => round[name])))
  return {
    name: 'idle',
    sessions: sizes.idleSessions,
    rssBytesPerSession: middle('rssBytesPerSession'),
    heapBytesPerSession: middle('heapBytesPerSession'),
    rssBytesPerBareSocket: middle('rssBytesPerBareSocket'),
    heapBytesPerBareSocket: middle('heapBytesPerBareSocket'),
    spread: rounded(spread(rounds.map(memoryRatio))),
    runs: rounds.map((round) => ({ ...whole(round), idleMemory: rounded(memoryRatio(round)) })),
    ratios: {
      idleMemory: rounded(median(rounds.map(memoryRatio))),
      idleHeap: rounded(median(rounds.map(heapRatio))),
    },
    notes: [
      'a session that has said Hello and nothing since, beside a bare socket of Node\u2019s TLS server with a client certificate',
      'the median of rounds, each with processes of its own: memory that the allocator keeps makes one round wander by a tenth',
    ],
  }
}

export const measureIdle = async (bench: Bench, fleet: FleetStage): Promise<Row> => {
  const rounds: Round[] = []
  for (let round = 1; round <= bench.sizes.idleRounds; round += 1) {
    const one = await measureRound(bench, fleet)
    rounds.push(one)
    bench.progress.step(
      `idle ${String(round)}/${String(bench.sizes.idleRounds)}: ` +
        `${(one.rssBytesPerSession / 1_024).toFixed(0)} KiB a session, ` +
        `${(one.rssBytesPerBareSocket / 1_024).toFixed(0)} KiB a bare socket, ` +
        `ratio ${memoryRatio(one).toFixed(3)}`,
    )
  }
  return rowOf(bench, rounds)
}
