/**
 * Puts the simulated host together: folder, file, switch, two ports. Stopping answers or cuts
 * every connection and closes the file last, so that nothing that was answered is missing from it.
 */
import type { Primitives } from '@tillgate/protocol'
import type { Clock, Entropy, Timers } from '../system/system.js'
import { createPrng } from '../system/prng.js'
import { createFaults } from './faults.js'
import type { FaultPlan, Faults } from './faults.js'
import type { HostPolicy } from './http-routes.js'
import { openHostFile } from './host-file.js'
import { openHostFolder, tokenCheck } from './host-folder.js'
import type { HostIdentity } from './host-folder.js'
import { openHttpPort } from './http-port.js'
import { snapshotRecords } from './records.js'
import { createSwitch } from './switch.js'
import type { Switch } from './switch.js'
import { openTerminalPort } from './terminal-port.js'

export interface HostOptions {
  readonly folder: string
  /** Makes the terminals' master keys reproducible, and the faults. */
  readonly seed?: string | number
  /** 0, the default: any free one. */
  readonly tlsPort?: number
  readonly httpsPort?: number
  readonly bindAddress?: string
  readonly hostNames?: readonly string[]
  /** Instead of the self-made one. */
  readonly identity?: HostIdentity
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
  readonly crypto: Primitives
  readonly faults?: {
    readonly terminals?: Partial<FaultPlan>
    readonly api?: Partial<FaultPlan>
  }
}

export interface RunningHost {
  readonly tlsPort: number
  readonly httpsPort: number
  /** For clients to pin; the same for both ports. */
  readonly certificatePem: string
  /** For the HTTPS port. */
  readonly token: string
  readonly manufactureKey: Uint8Array
  /** Cut from the file's end at this start. */
  readonly tornBytes: number
  /** The switch itself: ledger, totals, register, without a socket. */
  readonly theSwitch: Switch
  readonly faults: { readonly terminals: Faults; readonly api: Faults }
  /** May be changed while it runs. */
  readonly policy: HostPolicy
  stop(): Promise<void>
}

const localNames = ['localhost', '127.0.0.1', '::1'] as const

const faultsFrom = (options: HostOptions): RunningHost['faults'] => {
  const chance = createPrng(options.seed ?? 'faults')
  const { terminals = {}, api = {} } = options.faults ?? {}
  return {
    terminals: createFaults(terminals, chance.fork('terminals').float),
    api: createFaults(api, chance.fork('api').float),
  }
}

export const startHost = async (options: HostOptions): Promise<RunningHost> => {
  const { folder, seed, identity, clock, timers, entropy, crypto } = options
  const hostNames = options.hostNames ?? localNames
  const kept = await openHostFolder({ folder, seed, identity, hostNames, clock, entropy, crypto })
  const { certificatePem, keyPem, token, manufactureKey } = kept
  const file = await openHostFile({ folder, snapshot: snapshotRecords })
  const { state, tornBytes } = file
  const theSwitch = createSwitch({ state, journal: file, crypto, manufactureKey, clock, entropy })
  const faults = faultsFrom(options)
  const bindAddress = options.bindAddress ?? '127.0.0.1'
  const shared = { theSwitch, timers, certificatePem, keyPem, bindAddress }
  const open: { close(): Promise<void> }[] = [file]
  const stop = async (): Promise<void> => {
    for (const one of open.splice(0).reverse()) await one.close()
  }
  try {
    const terminals = await openTerminalPort({
      ...shared,
      faults: faults.terminals,
      port: options.tlsPort ?? 0,
    })
    open.push(terminals)
    const isTokenRight = tokenCheck(crypto, token)
    const policy = { settleFirst: false }
    const api = await openHttpPort({
      ...shared,
      faults: faults.api,
      port: options.httpsPort ?? 0,
      isTokenRight,
      policy,
    })
    open.push(api)
    return {
      tlsPort: terminals.port,
      httpsPort: api.port,
      certificatePem,
      token,
      manufactureKey,
      tornBytes,
      theSwitch,
      faults,
      policy,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
