/** What befalls a cluster: each alone, and all of them on one bad day. */
import type { TillgateProcess } from '../demo/tillgate-process.js'
import { pause } from '../ground/wait-for.js'
import type { Misfortune } from './start-cluster.js'

/** Longer than a node's lease lasts, and than a transaction that stands still may keep its locks. */
const hangsMs = 12_000

export interface Befallen {
  redisFailovers: number
  pauses: number
}

const nodeAt = (nodes: readonly TillgateProcess[], index: number): TillgateProcess => {
  const node = nodes[index % nodes.length]
  if (node === undefined) throw new Error('a cluster without such nodes')
  return node
}

/** SIGKILL, and started again. */
export const gatewayKilled =
  (index: number): Misfortune =>
  async ({ cluster: { gateways } }, progress) => {
    const node = nodeAt(gateways.all, index)
    await gateways.kill(node)
    progress.step('SIGKILL: a gateway is gone, its terminals go elsewhere')
    await gateways.start(node)
    progress.step('the gateway is back')
  }

/** The master dies, a replica takes over, the former master comes back as a replica. */
export const redisFailsOver: Misfortune = async ({ redis }, progress) => {
  const master = await redis.master()
  await master.kill()
  progress.step('SIGKILL: the Redis master is gone')
  await redis.failedOver(master)
  progress.step('a Redis replica has taken over')
  await master.start()
}

/** SIGSTOP with its sessions open, and SIGCONT when everybody has given it up. */
export const gatewayHangs =
  (index: number): Misfortune =>
  async ({ cluster: { gateways } }, progress) => {
    const node = nodeAt(gateways.all, index)
    node.pause()
    progress.step('SIGSTOP: a gateway hangs, with its sessions open')
    await pause(hangsMs)
    node.resume()
    progress.step('SIGCONT: it goes on')
  }

export const adminKilled =
  (index: number): Misfortune =>
  async ({ cluster: { admins } }, progress) => {
    const node = nodeAt(admins.all, index)
    await admins.kill(node)
    progress.step('SIGKILL: a node for people is gone')
    await admins.start(node)
    progress.step('the node for people is back')
  }

/** One gateway after the other is drained and started anew, as for an upgrade. */
export const rollingRestart: Misfortune = async ({ cluster: { gateways } }, progress) => {
  for (const node of gateways.all) {
    await gateways.restart(node)
    progress.step('a gateway was drained and started anew')
  }
}

/** All at once. */
export const badDay =
  (befallen: Befallen): Misfortune =>
  async (standing, progress) => {
    const hanging = gatewayHangs(1)(standing, progress)
    await Promise.all([
      hanging,
      gatewayKilled(0)(standing, progress),
      redisFailsOver(standing, progress),
      adminKilled(0)(standing, progress),
    ])
    befallen.redisFailovers += 1
    befallen.pauses += 1
  }
