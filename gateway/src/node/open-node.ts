/**
 * The only composition root: opens records, PKI, host and link, puts the core between them, and closes
 * them in order. `drain` sends terminals away and finishes what is under way; `stop` closes now. What a
 * start can't understand it refuses, and whatever was opened by then is closed again.
 */
import { nodePrimitives } from '@tillgate/protocol/node'

import type { Listener } from '../adapters/link/listener/open-listener.js'
import { openSqliteRecords } from '../adapters/records/sqlite/open-sqlite-records.js'
import { softwareSigner } from '../adapters/signer/index.js'
import { openCore, type Core } from '../core/open-core.js'
import type { Link } from '../core/ports/link.js'
import type { Records } from '../core/ports/records.js'
import type { Verifier } from '../core/ports/signing.js'
import type { Pki } from '../pki/index.js'
import type { NodeConfig, NodeOverrides } from './config.js'
import { machineOf, type Machine } from './machine.js'
import type { NodePorts } from './names.js'
import { nodeServices } from './node-services.js'
import { openHost } from './open-host.js'
import { openIdentity } from './open-identity.js'
import { openLink } from './open-link.js'
import { Opened } from './opened.js'
import type { GatewayNode, ServerTlsPem } from './services.js'
import { startUpkeep } from './upkeep.js'

const heartbeatSDefault = 300

export const openNode = async (
  config: NodeConfig,
  overrides: NodeOverrides = {},
): Promise<GatewayNode> => {
  const opened = new Opened()
  try {
    return await openParts(config, overrides, opened)
  } catch (error) {
    await opened.close().catch(() => undefined)
    throw error
  }
}

interface CoreBetween {
  readonly machine: Machine
  readonly records: Records
  readonly pki: Pki
  readonly verifier: Verifier
}

const openCoreBetween = (
  config: NodeConfig,
  overrides: NodeOverrides,
  { machine, records, pki, verifier }: CoreBetween,
  opened: Opened,
): Core => {
  const { log, timing, helloPatienceMs } = config
  const signer = softwareSigner({ ...machine, keys: pki.signerKeys, primitives: nodePrimitives })
  opened.add(() => signer.stop())
  const core = openCore(
    {
      ...machine,
      records,
      host: overrides.host ?? openHost(config, machine.timers, opened),
      signer,
      verifier,
      digest: nodePrimitives,
      renewals: pki.renewals,
      log,
      welcome: {
        heartbeatS: config.heartbeatS ?? heartbeatSDefault,
        signerList: () => pki.signerList,
      },
      trusts: (certificate) => pki.trusts(certificate),
      ...(timing === undefined ? {} : { timing }),
      ...(helloPatienceMs === undefined ? {} : { helloPatienceMs }),
    },
    overrides.parts,
  )
  opened.add(() => core.stop())
  return core
}

/** Who wants to know of a renewed server certificate. */
type TlsTakers = Set<(tls: ServerTlsPem) => void>

const openListenerWithUpkeep = async (
  config: NodeConfig,
  parts: { readonly machine: Machine; readonly pki: Pki; readonly tlsTakers: TlsTakers },
  opened: Opened,
): Promise<Listener> => {
  const { machine, pki, tlsTakers } = parts
  const listener = await openLink(config, pki, machine)
  const upkeep = startUpkeep({
    ...machine,
    pki,
    listener,
    log: config.log,
    renewed: (tls) => {
      for (const take of tlsTakers) take(tls)
    },
  })
  opened.add(() => upkeep.stop())
  return listener
}

const openParts = async (
  config: NodeConfig,
  overrides: NodeOverrides,
  opened: Opened,
): Promise<GatewayNode> => {
  const machine = machineOf(overrides)
  const { log, dataFolder } = config
  let listener: Listener | undefined
  const ports = (): NodePorts => ({
    mqtts: listener?.ports.tls ?? config.listener.mqttsPort,
    wss: listener?.ports.wss ?? config.listener.wssPort,
  })
  const records =
    overrides.records ?? (await openSqliteRecords({ folder: dataFolder, ...machine, log }))
  opened.add(() => records.close())
  const { pki, verifier } = await openIdentity(config, { ...machine, records, ports })
  const core = openCoreBetween(config, overrides, { machine, records, pki, verifier }, opened)
  const tlsTakers: TlsTakers = new Set()
  if (overrides.link === undefined) {
    listener = await openListenerWithUpkeep(config, { machine, pki, tlsTakers }, opened)
  }
  const link: Link | undefined = overrides.link ?? listener
  if (link === undefined) throw new Error('a node without a link')
  opened.add(() => link.stop())
  await link.start(core.linkHandler)
  core.start()
  const { key, cert } = await pki.serverTls()
  let listening = true
  const health = (): readonly string[] => {
    const state = records.health()
    return [
      ...(state.ok ? [] : [`records: ${state.reason ?? 'unavailable'}`]),
      ...(listening ? [] : ['link: going down']),
    ]
  }
  return {
    services: nodeServices({
      config,
      machine,
      records,
      core,
      pki,
      health,
      linkCounts: () => listener?.counters() ?? new Map<string, number>(),
    }),
    serverTls: { key, cert },
    onServerTls: (take) => {
      tlsTakers.add(take)
    },
    ports: ports(),
    async drain() {
      listening = false
      await link.drain()
    },
    stop() {
      listening = false
      return opened.close()
    },
  }
}
