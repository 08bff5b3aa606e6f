/**
 * idle: what a session costs that says nothing, beside a bare TLS socket of Node's. Growth from a tenth of
 * the sessions to all of them, after collections, so that what a process needs anyway is not counted.
 */
import type { Memory } from '../processes/usage.js'
import { rounded } from '../statistics.js'
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

/** A gateway that has just been opened, and nobody connected. */
export const measureIdle = async (bench: Bench, fleet: FleetStage): Promise<Row> => {
  const { idleSessions } = bench.sizes
  const first = Math.ceil(idleSessions / 10)
  const counted = idleSessions - first
  const { opened } = fleet
  if (opened === undefined) throw new Error('the gateway is not open')
  await fleet.dial(first)
  const before = await fleet.gateway.call('memory')
  await fleet.dial(idleSessions, { from: first })
  const gateway = perSession(before, await fleet.gateway.call('memory'), counted)
  const echo = new EchoStage(bench)
  try {
    await echo.open(opened, first)
    const bareBefore = await echo.server.call('memory')
    await echo.more(opened, counted)
    const bare = perSession(bareBefore, await echo.server.call('memory'), counted)
    const idleMemory = rounded(gateway.rssBytes / bare.rssBytes)
    bench.progress.step(
      `idle: ${(gateway.rssBytes / 1_024).toFixed(0)} KiB a session, ` +
        `${(bare.rssBytes / 1_024).toFixed(0)} KiB a bare socket, ratio ${String(idleMemory)}`,
    )
    const run = {
      rssBytesPerSession: Math.round(gateway.rssBytes),
      heapBytesPerSession: Math.round(gateway.heapBytes),
      rssBytesPerBareSocket: Math.round(bare.rssBytes),
      heapBytesPerBareSocket: Math.round(bare.heapBytes),
    }
    return {
      name: 'idle',
      sessions: idleSessions,
      ...run,
      runs: [run],
      ratios: { idleMemory, idleHeap: rounded(gateway.heapBytes / bare.heapBytes) },
      notes: [
        'a session that has said Hello and nothing since, beside a bare socket of Node\u2019s TLS server with a client certificate',
      ],
    }
  } finally {
    await echo.end()
  }
}
