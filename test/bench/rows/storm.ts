/**
 * storm: the gateway has restarted, and all terminals come back at once, each from the TLS handshake to
 * its Welcome; first without tickets, and then with those of the first storm.
 */
import { rounded } from '../statistics.js'
import type { FleetStage } from './fleet-stage.js'
import type { Bench, Row } from './row.js'

interface Storm {
  readonly seconds: number
  readonly welcomedPerSecond: number
  readonly gatewayCpuMsPerSession: number
  readonly generatorCpuMsPerSession: number
  readonly resumed: number
  readonly again: number
  /** Said again by who had no Welcome yet. */
  readonly hellosAgain: number
}

const storm = async (bench: Bench, fleet: FleetStage, resume: boolean): Promise<Storm> => {
  const { stormSessions } = bench.sizes
  await fleet.restartGateway()
  const gatewayBefore = await fleet.gateway.call('cpuSeconds')
  const generatorBefore = await fleet.generator.call('cpuSeconds')
  await fleet.generator.call('forget')
  const { seconds, resumed, again } = await fleet.dial(stormSessions, {
    resume,
    atATime: stormSessions,
  })
  const { hellosAgain } = await fleet.generator.call('tally')
  const gatewayCpu = (await fleet.gateway.call('cpuSeconds')) - gatewayBefore
  const generatorCpu = (await fleet.generator.call('cpuSeconds')) - generatorBefore
  bench.progress.step(
    `storm ${resume ? 'with' : 'without'} tickets: ${seconds.toFixed(1)} s, ${String(resumed)} resumed`,
  )
  return {
    seconds: rounded(seconds),
    welcomedPerSecond: rounded(stormSessions / seconds),
    gatewayCpuMsPerSession: rounded((gatewayCpu / stormSessions) * 1_000),
    generatorCpuMsPerSession: rounded((generatorCpu / stormSessions) * 1_000),
    resumed,
    again,
    hellosAgain,
  }
}

export const measureStorm = async (bench: Bench, fleet: FleetStage): Promise<Row> => {
  const { stormSessions } = bench.sizes
  const withoutTickets = await storm(bench, fleet, false)
  const withTickets = await storm(bench, fleet, true)
  return {
    name: 'storm',
    sessions: stormSessions,
    withoutTickets,
    withTickets,
    runs: [{ ...withoutTickets }, { ...withTickets }],
    ratios: {
      ticketSeconds: rounded(withTickets.seconds / withoutTickets.seconds),
      ticketGatewayCpu: rounded(
        withTickets.gatewayCpuMsPerSession / withoutTickets.gatewayCpuMsPerSession,
      ),
    },
    notes: [
      'all dial at once, from the handshake to the Welcome; the listener\u2019s limits for one address are raised',
      'a resumed session still says a signed Hello and agrees on a key',
    ],
  }
}
