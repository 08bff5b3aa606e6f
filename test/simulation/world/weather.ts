/** The faults that come by themselves: broken lines, power cuts, dying nodes, jumping clocks, a link's own. */
import type { Prng } from '@tillgate/device-sim'

import { untilNext, within } from './chance.js'
import type { SimulatedGateway } from './gateway.js'
import type { WorldLink } from './link.js'
import type { SimulatedTerminal } from './terminals.js'
import { worldStartMs, type World } from './world.js'

export interface WeatherParts {
  readonly world: World
  readonly gateway: SimulatedGateway
  readonly link: WorldLink
  readonly terminals: readonly SimulatedTerminal[]
}

const clockJumpsPerMinute = 4
const clockJumpMsMax = 600_000

export const letWeatherBegin = ({ world, gateway, link, terminals }: WeatherParts): void => {
  const { network, terminals: power, gateway: node } = world.faults

  const again = (chance: Prng, perMinute: number, happens: () => void): void => {
    const waitMs = untilNext(chance, perMinute)
    if (!Number.isFinite(waitMs)) return
    world.time.after(waitMs, () => {
      if (world.isCalm) return
      happens()
      again(chance, perMinute, happens)
    })
  }

  for (const terminal of terminals) {
    const { sn } = terminal
    again(world.chance(`cuts of ${sn}`), network.disconnectsPerMinute, () => link.breakOne(sn))
    again(world.chance(`reboots of ${sn}`), power.rebootsPerMinute, () => terminal.reboot())
    again(world.chance(`flash of ${sn}`), power.flashFullPerMinute, () => terminal.fillFlash())
  }

  const death = world.chance('death of the gateway')
  again(death, node.crashesPerMinute, () => {
    gateway.crash(death.pick(['before', 'after'] as const))
    world.time.after(within(death, node.down), () => gateway.open())
  })

  for (const { name, perMinute, happens } of link.perils) {
    again(world.chance(name), perMinute, happens)
  }
  const sight = world.chance('sight of the nodes')
  again(sight, node.lossesOfSightPerMinute, () => gateway.loseSight(within(sight, node.down)))

  if (!node.wallClockJumps) return
  const clock = world.chance('clock of the gateway')
  again(clock, clockJumpsPerMinute, () => {
    const rightMs = worldStartMs + world.time.monotonic()
    world.time.setWallClock(rightMs + clock.between(-clockJumpMsMax, clockJumpMsMax))
  })
}
