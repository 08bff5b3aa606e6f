/** idle and storm, on one fleet: enrolling ten thousand takes longer than measuring them. */
import { FleetStage } from './fleet-stage.js'
import { measureIdle } from './idle.js'
import type { MeasureRows, Row } from './row.js'
import { measureStorm } from './storm.js'

export const measureSessions: MeasureRows = async (bench, wanted) => {
  const { idleSessions, stormSessions } = bench.sizes
  const terminals = wanted.has('storm') ? Math.max(idleSessions, stormSessions) : idleSessions
  const fleet = new FleetStage(bench, terminals)
  try {
    await fleet.open(terminals)
    const rows: Row[] = []
    if (wanted.has('idle')) rows.push(await measureIdle(bench, fleet))
    if (wanted.has('storm')) rows.push(await measureStorm(bench, fleet))
    return rows
  } finally {
    await fleet.end()
  }
}
