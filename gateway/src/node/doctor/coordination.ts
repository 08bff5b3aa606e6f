/** Redis, where nodes are coordinated by one: whether it answers, is new enough, and keeps the same time. */
import type { CoordinationHandler } from '../../core/ports/coordination.js'
import type { NodeConfig } from '../config.js'
import type { Machine } from '../machine.js'
import { openCoordination } from '../open-coordination.js'
import { fail, ok, skipped, type Finding } from './finding.js'
import { doctorLimits } from './limits.js'

const check = 'Redis'
const lookMs = 100

const deaf: CoordinationHandler = {
  notice: () => undefined,
  called: () => undefined,
  missed: () => undefined,
}

/** It looks under a name of its own, so that the node of this configuration may run meanwhile. */
export const coordination = async (config: NodeConfig, machine: Machine): Promise<Finding> => {
  if (config.coordination?.kind !== 'redis') return skipped(check, 'this node is alone')
  const { clock, timers } = machine
  const own = openCoordination({ ...config, nodeName: `doctor-${String(clock.now())}` }, machine)
  try {
    void own.start(deaf)
    const until = clock.monotonic() + doctorLimits.patienceMs
    while (!own.health().ok && clock.monotonic() < until) {
      await new Promise<void>((resolve) => void timers.after(lookMs, resolve))
    }
    const { ok: isWell, reasons } = own.health()
    return isWell
      ? ok(check, 'answers, is new enough, and keeps the same time')
      : fail(check, reasons.join('; '))
  } finally {
    await own.stop()
  }
}
