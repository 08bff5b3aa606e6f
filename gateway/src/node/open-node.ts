/**
 * The only composition root: opens records, PKI, host and link, puts the core between them, and closes
 * them in order. `drain` sends terminals away and finishes what is under way; `stop` closes now. What a
 * start can't understand it refuses, and whatever was opened by then is closed again.
 */
import { nodePrimitives } from '@tillgate/protocol/node'

import { createHttpsHost } from '../adapters/host/https/https-host.js'
import { createRecorderHost } from '../adapters/host/recorder/recorder-host.js'
import { openListener, type Listener } from '../adapters/link/listener/open-listener.js'
import { openSqliteRecords } from '../adapters/records/sqlite/open-sqlite-records.js'
import { softwareSigner } from '../adapters/signer/index.js'
import {
  atEndOfTurn,
  systemClock,
  systemEntropy,
  systemIds,
  systemTimers,
} from '../adapters/system/index.js'
import { threadPoolVerifier } from '../adapters/verifier/index.js'
import { openCore, type Core } from '../core/open-core.js'
import type { Host } from '../core/ports/host.js'
import type { Records } from '../core/ports/records.js'
import type { Clock, Entropy, Ids, Timers } from '../core/ports/system.js'
import { openPki, openSealer, type Certificates, type Pki } from '../pki/index.js'
import type { NodeConfig, NodeOverrides } from './config.js'
import { endpointOf, serverNames } from './names.js'
import type { GatewayNode, NodeServices } from './services.js'
import { startUpkeep } from './upkeep.js'

interface Machine {
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
  readonly ids: Ids
}

const heartbeatSDefault = 300

/** What was opened, closed in the opposite order; every step runs. */
class Opened {
  readonly #closers: (() => Promise<void> | void)[] = []

  add(close: () => Promise<void> | void): void {
    this.#closers.unshift(close)
  }

  async close(): Promise<void> {
    const failures: unknown[] = []
    for (const close of this.#closers.splice(0)) {
      try {
        await close()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'a part of the node did not close')
  }
}

const openHost = (config: NodeConfig, timers: Timers, opened: Opened): Host => {
  const { hostAdapter } = config
  if (hostAdapter.kind === 'recorder') return createRecorderHost()
  const host = createHttpsHost({
    baseUrl: hostAdapter.url,
    token: hostAdapter.token,
    caPem: hostAdapter.caPem,
    timers,
  })
  opened.add(() => host.close())
  return host
}

const openIdentity = async (
  config: NodeConfig,
  parts: Machine & { readonly records: Records; readonly ports: () => NodePorts },
): Promise<{ readonly pki: Pki; readonly verifier: ReturnType<typeof threadPoolVerifier> }> => {
  const { records, clock, entropy, ids, ports } = parts
  const { log, dataFolder } = config
  const verifier = threadPoolVerifier()
  const sealer = await openSealer(
    {
      dataFolder,
      ...(config.sealingKey === undefined ? {} : { value: config.sealingKey }),
      ...(config.sealingKeyFile === undefined ? {} : { file: config.sealingKeyFile }),
    },
    { records, entropy, log },
  )
  const pki = await openPki(
    {
      dataFolder,
      server: serverNames(config.publicHosts),
      endpoint: () => endpointOf(config.publicHosts[0], ports()),
      ...(config.ca === undefined ? {} : { ca: config.ca }),
      ...(config.signers === undefined ? {} : { signers: config.signers }),
      ...(config.offlineRootFile === undefined ? {} : { offlineRootFile: config.offlineRootFile }),
      ...(config.vendorCas === undefined ? {} : { vendorCas: config.vendorCas }),
    },
    { records, sealer, verifier, clock, entropy, ids, log },
  )
  return { pki, verifier }
}

interface NodePorts {
  readonly mqtts: number
  readonly wss: number
}

const openLink = async (
  config: NodeConfig,
  pki: Pki,
  { clock, timers }: Machine,
): Promise<Listener> => {
  const tls = await pki.serverTls()
  const { host, mqttsPort, wssPort } = config.listener
  return openListener({
    certificate: { key: tls.key, cert: tls.cert, ca: tls.clientCas },
    ticketKeys: await pki.ticketKey(),
    tls: { host, port: mqttsPort },
    wss: { host, port: wssPort },
    clock,
    timers,
    log: config.log,
    endOfTurn: atEndOfTurn,
  })
}

/** Revoking cuts the live session that stands on the certificate. */
const cuttingSessions = (certificates: Certificates, core: Core): Certificates => ({
  register: (order) => certificates.register(order),
  async revoke(order) {
    const revoked = await certificates.revoke(order)
    if (!revoked.ok) return revoked
    for (const session of core.sessions.all()) {
      if (nodePrimitives.equal(session.link.certificateSha256, revoked.sha256)) {
        session.link.close('revoked')
      }
    }
    core.nudgeReaders()
    return revoked
  },
})

const nodeServices = (parts: {
  readonly config: NodeConfig
  readonly machine: Machine
  readonly records: Records
  readonly core: Core
  readonly pki: Pki
  readonly health: () => readonly string[]
}): NodeServices => {
  const { config, machine, records, core, pki } = parts
  return {
    records,
    commands: core.commands,
    enrolment: pki.enrolment,
    certificates: cuttingSessions(pki.certificates, core),
    presence: { online: (terminalId) => core.sessions.greeted(terminalId) !== undefined },
    ...machine,
    digest: nodePrimitives,
    log: config.log,
    caPem: pki.ca.pem,
    health() {
      const reasons = parts.health()
      return { ok: reasons.length === 0, reasons }
    },
  }
}

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

const machineOf = (overrides: NodeOverrides): Machine => ({
  clock: overrides.clock ?? systemClock,
  timers: overrides.timers ?? systemTimers,
  entropy: overrides.entropy ?? systemEntropy,
  ids: overrides.ids ?? systemIds,
})

const openParts = async (
  config: NodeConfig,
  overrides: NodeOverrides,
  opened: Opened,
): Promise<GatewayNode> => {
  const machine = machineOf(overrides)
  const { log } = config
  let listener: Listener | undefined
  const ports = (): NodePorts => ({
    mqtts: listener?.ports.tls ?? config.listener.mqttsPort,
    wss: listener?.ports.wss ?? config.listener.wssPort,
  })
  const records =
    overrides.records ?? (await openSqliteRecords({ folder: config.dataFolder, ...machine, log }))
  opened.add(() => records.close())
  const { pki, verifier } = await openIdentity(config, { ...machine, records, ports })
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
      ...(config.timing === undefined ? {} : { timing: config.timing }),
      ...(config.helloPatienceMs === undefined ? {} : { helloPatienceMs: config.helloPatienceMs }),
    },
    overrides.parts,
  )
  opened.add(() => core.stop())
  if (overrides.link === undefined) {
    listener = await openLink(config, pki, machine)
    const upkeep = startUpkeep({ ...machine, pki, listener, log })
    opened.add(() => upkeep.stop())
  }
  const link = overrides.link ?? listener
  if (link === undefined) throw new Error('a node without a link')
  opened.add(() => link.stop())
  await link.start(core.linkHandler)
  core.start()
  const serverTls = await pki.serverTls()
  let listening = true
  return {
    services: nodeServices({
      config,
      machine,
      records,
      core,
      pki,
      health() {
        const state = records.health()
        return [
          ...(state.ok ? [] : [`records: ${state.reason ?? 'unavailable'}`]),
          ...(listening ? [] : ['link: going down']),
        ]
      },
    }),
    serverTls: { key: serverTls.key, cert: serverTls.cert },
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
