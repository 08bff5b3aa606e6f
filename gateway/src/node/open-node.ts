/**
 * The only composition root: opens records, PKI, host and link, puts the core between them, and closes
 * them in order. `drain` sends terminals away and finishes what is under way; `stop` closes now. What a
 * start can't understand it refuses, and whatever was opened by then is closed again.
 */
import { nodePrimitives } from '@tillgate/protocol/node'

import type { Listener } from '../adapters/link/listener/open-listener.js'
import { softwareSigner } from '../adapters/signer/index.js'
import { openTelemetryTrace } from '../adapters/trace/index.js'
import { createRecordFeed } from '../core/live/record-feed.js'
import type { Audit } from '../core/audit/open-audit.js'
import { defaultBrakePolicy } from '../core/approvals/policy.js'
import { openCore, type Core } from '../core/open-core.js'
import type { Broker } from '../core/ports/broker.js'
import type { Coordination } from '../core/ports/coordination.js'
import type { EventFeed } from '../core/ports/event-feed.js'
import type { Link } from '../core/ports/link.js'
import type { Records } from '../core/ports/records.js'
import type { SealingKeys } from '../core/ports/sealing.js'
import type { SessionKeys } from '../core/ports/session-keys.js'
import type { Signer, Verifier } from '../core/ports/signing.js'
import type { Pki } from '../pki/index.js'
import type { NodeConfig, NodeOverrides } from './config.js'
import { aboutNode } from './about.js'
import { machineOf, type Machine } from './machine.js'
import type { NodePorts } from './names.js'
import { nodeServices, watchFor } from './node-services.js'
import { openBrokerLink } from './open-broker-link.js'
import { openCoordination } from './open-coordination.js'
import { Hooks } from './open-hooks.js'
import { openHost } from './open-host.js'
import { openIdentity } from './open-identity.js'
import { openLink } from './open-link.js'
import { openNodeAudit } from './open-node-audit.js'
import { openRecords } from './open-records.js'
import { Opened } from './opened.js'
import type { GatewayNode, ServerTlsPem } from './services.js'
import { startUpkeep, type Upkeep } from './upkeep.js'
import { watchHost, type WatchedHost } from './watched-host.js'
import { watchRecords, type WatchedRecords } from './watched-records.js'
import { watchSigner, watchVerifier, type Watched } from './watched-signing.js'

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
  readonly coordination: Coordination
  readonly feed: EventFeed
  readonly audit: Audit
  readonly pki: Pki
  readonly verifier: Verifier
  readonly sessionKeys: SessionKeys
  readonly sealing: SealingKeys
  readonly broker: Broker | undefined
  readonly host: WatchedHost
  readonly hooks: Hooks
  readonly signer: Watched<Signer>
}

const openCoreBetween = (
  config: NodeConfig,
  overrides: NodeOverrides,
  between: CoreBetween,
  opened: Opened,
): Core => {
  const { machine, records, coordination, feed, audit, pki, verifier } = between
  const { broker, sessionKeys, sealing, hooks } = between
  const { log, timing, helloPatienceMs, fiveElements } = config
  const core = openCore(
    {
      ...machine,
      records,
      coordination,
      committed() {
        feed.nudge()
        audit.nudge()
      },
      host: between.host.host,
      registry: overrides.registry ?? hooks.registry(config.registryHook),
      notices: overrides.notices ?? hooks.notices(config.noticesHook),
      signer: between.signer.port,
      verifier,
      digest: nodePrimitives,
      renewals: pki.renewals,
      sealing,
      log,
      trace: overrides.trace ?? openTelemetryTrace(),
      welcome: {
        heartbeatS: config.heartbeatS ?? heartbeatSDefault,
        signerList: () => pki.signerList,
      },
      trusts: (certificate) => pki.trusts(certificate),
      ...(broker === undefined ? {} : { brokered: { broker, sessionKeys } }),
      ...(timing === undefined ? {} : { timing }),
      brake: { ...defaultBrakePolicy, ...config.brake },
      ...(fiveElements === undefined ? {} : { fiveElements }),
      ...watchFor(config),
      ...(helloPatienceMs === undefined ? {} : { helloPatienceMs }),
    },
    overrides.parts,
  )
  opened.add(() => core.stop())
  return core
}

const openSigner = (pki: Pki, machine: Machine, opened: Opened): Watched<Signer> => {
  const signer = softwareSigner({ ...machine, keys: pki.signerKeys, primitives: nodePrimitives })
  opened.add(() => signer.stop())
  return watchSigner(signer, machine.clock)
}

/** Who wants to know of a renewed server certificate. */
type TlsTakers = Set<(tls: ServerTlsPem) => void>

interface LinkParts {
  readonly machine: Machine
  readonly pki: Pki
  readonly tlsTakers: TlsTakers
}

const openListenerWithUpkeep = async (
  config: NodeConfig,
  overrides: NodeOverrides,
  { machine, pki, tlsTakers }: LinkParts,
  opened: Opened,
): Promise<{ readonly listener: Listener | undefined; readonly upkeep: Upkeep }> => {
  const { link = 'listener' } = config
  const wantsListener = overrides.link === undefined && link === 'listener'
  const listener = wantsListener ? await openLink(config, pki, machine) : undefined
  const upkeep = startUpkeep({
    ...machine,
    pki,
    listener,
    hasFiles: config.serverCertificate !== undefined,
    log: config.log,
    renewed: (tls) => {
      for (const take of tlsTakers) take(tls)
    },
  })
  opened.add(() => upkeep.stop())
  return { listener, upkeep }
}

/** The records, watched, and the feed of what is committed to them. */
const openLedger = async (
  config: NodeConfig,
  overrides: NodeOverrides,
  { machine, coordination }: Pick<CoreBetween, 'machine' | 'coordination'>,
  opened: Opened,
): Promise<{ readonly watched: WatchedRecords; readonly feed: EventFeed }> => {
  const own = overrides.records ?? (await openRecords(config, machine))
  opened.add(() => own.close())
  const watched = watchRecords(own, { ...machine, committed: () => coordination.call('committed') })
  const { records } = watched
  const feed = overrides.feed ?? createRecordFeed({ ...machine, records, log: config.log })
  opened.add(() => feed.stop())
  return { watched, feed }
}

const startBroker = async (
  broker: Broker | undefined,
  { brokerHandler }: Core,
  opened: Opened,
): Promise<void> => {
  if (broker === undefined || brokerHandler === undefined) return
  opened.add(() => broker.stop())
  await broker.start(brokerHandler)
}

const openParts = async (
  config: NodeConfig,
  overrides: NodeOverrides,
  opened: Opened,
): Promise<GatewayNode> => {
  const machine = machineOf(overrides)
  /** It listens last; until then its ports are those that were asked for. */
  const door: { listener: Listener | undefined } = { listener: undefined }
  const ports = (): NodePorts => ({
    mqtts: door.listener?.ports.tls ?? config.listener.mqttsPort,
    wss: door.listener?.ports.wss ?? config.listener.wssPort,
  })
  const toldPorts = (): NodePorts => ({ ...ports(), ...config.publicPorts })
  const coordination = overrides.coordination ?? openCoordination(config, machine)
  opened.add(() => coordination.stop())
  const ledger = await openLedger(config, overrides, { machine, coordination }, opened)
  const { watched, feed } = ledger
  const { records } = watched
  const identity = await openIdentity(config, { ...machine, records, ports: toldPorts })
  const { pki } = identity
  const broker = overrides.broker ?? openBrokerLink(config, machine)
  const hooks = new Hooks(machine, opened)
  const acquirer = overrides.host ?? openHost(config, machine, hooks, opened)
  const host = watchHost(acquirer, machine.clock)
  const signer = openSigner(pki, machine, opened)
  const checks = watchVerifier(identity.verifier, machine.clock)
  const auditing = { machine, records, coordination, pki, signer: signer.port }
  const audit = openNodeAudit(config, auditing)
  opened.add(() => audit.stop())
  const shared = { machine, records, coordination, feed, audit, broker, ...identity }
  const between = { ...shared, verifier: checks.port, host, hooks, signer }
  const core = openCoreBetween(config, overrides, between, opened)
  const tlsTakers: TlsTakers = new Set()
  const linkParts = { machine, pki, tlsTakers }
  const { listener, upkeep } = await openListenerWithUpkeep(config, overrides, linkParts, opened)
  door.listener = listener
  const link: Link | undefined = overrides.link ?? door.listener
  opened.add(async () => link?.stop())
  await link?.start(core.linkHandler)
  await startBroker(broker, core, opened)
  core.start()
  if (config.audit?.isOff !== true) audit.start()
  const { key, cert } = await pki.serverTls()
  let listening = true
  const health = () => {
    const state = records.health()
    const failing = [
      ...(state.ok ? [] : [`records: ${state.reason ?? 'unavailable'}`]),
      ...(listening ? [] : ['link: going down']),
    ]
    // Without coordination everything is slower, and nothing is wrong.
    const degraded = coordination.health().reasons.map((reason) => `coordination: ${reason}`)
    const { reason } = pki.serverState()
    const shown = reason === undefined ? [] : [`server certificate: ${reason}`]
    const unsent = audit.reasons()
    const unheard = broker?.health().reasons.map((reason) => `link: ${reason}`) ?? []
    return {
      ok: failing.length === 0,
      reasons: [...failing, ...degraded, ...unheard, ...unsent, ...shown],
    }
  }
  return {
    services: nodeServices({
      config,
      machine,
      watched,
      feed,
      coordination,
      core,
      audit,
      pki,
      sealing: identity.sealing,
      health,
      about: aboutNode(config, coordination.node.name),
      hostCounts: host.counts,
      hookCounts: () => hooks.watch.counts(),
      signerCounts: signer.counts,
      verifierCounts: checks.counts,
      linkCounts: () => (door.listener ?? broker)?.counters() ?? new Map<string, number>(),
    }),
    serverTls: { key, cert },
    onServerTls: (take) => {
      tlsTakers.add(take)
    },
    lookAgain: () => upkeep.look(),
    ports: ports(),
    async drain() {
      listening = false
      await Promise.all([link?.drain(), broker?.drain()])
    },
    stop() {
      listening = false
      return opened.close()
    },
  }
}
