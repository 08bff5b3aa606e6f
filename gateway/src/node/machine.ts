/** The machine as a node sees it: time, chance and ids, the system's own where nothing else is given. */
import { systemClock, systemEntropy, systemIds, systemTimers } from '../adapters/system/index.js'
import type { Clock, Entropy, Ids, Timers } from '../core/ports/system.js'
import type { NodeOverrides } from './config.js'

export interface Machine {
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
  readonly ids: Ids
}

export const machineOf = (overrides: NodeOverrides): Machine => ({
  clock: overrides.clock ?? systemClock,
  timers: overrides.timers ?? systemTimers,
  entropy: overrides.entropy ?? systemEntropy,
  ids: overrides.ids ?? systemIds,
})
