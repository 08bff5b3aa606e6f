/**
 * The gateway in a process of its own: a real node on a real file, opened by `openNode` as in production.
 * What is not here: the HTTP API in front of the service, and a host (a recorder answers yes).
 */
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

import { csrToPem } from '@tillgate/device-sim'
import {
  openNode,
  openPostgresRecords,
  openSqliteRecords,
  redisServersFrom,
  systemClock,
  systemTimers,
  type GatewayNode,
  type Log,
  type NodeConfig,
  type Records,
} from '@tillgate/gateway'
import { uuidToText } from '@tillgate/protocol'

import { concurrently } from '../../demo/concurrently.js'
import { serve } from '../processes/serve.js'
import { cpuSeconds, memory } from '../processes/usage.js'
import { percentile } from '../statistics.js'
import type { Applicant, GatewayCalls, GatewayPlace, Papers, SharedPlace } from './calls.js'
import { heardRecords, type Ears } from './ears.js'
import { acquirerCode, mid, runLoad } from './run-load.js'

const say = (message: string, fields?: Readonly<Record<string, unknown>>): void => {
  process.stderr.write(`gateway: ${message} ${JSON.stringify(fields ?? {})}\n`)
}
const quiet = (): void => undefined
/** A new folder's keys are made, and warned of, at every start. */
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: say }

const ears: Ears = { ended: undefined }
const terminalIds = new Map<string, number>()
let merchantUuid: Uint8Array = new Uint8Array(16)
let opened: { readonly node: GatewayNode; readonly dataFolder: string } | undefined

const present = (): { readonly node: GatewayNode; readonly dataFolder: string } => {
  if (opened === undefined) throw new Error('the gateway is not open')
  return opened
}

const stop = async (): Promise<void> => {
  const node = opened?.node
  opened = undefined
  await node?.stop()
}

const heartbeatS = 86_400

const sharing = ({ nodeName, redisUrl, sealingKey }: SharedPlace): Partial<NodeConfig> => {
  const answer = redisServersFrom(redisUrl)
  if (!answer.ok) throw new Error(answer.why)
  return { nodeName, sealingKey, coordination: { kind: 'redis', servers: answer.servers } }
}

const recordsAt = ({ dataFolder: folder, shared }: GatewayPlace): Promise<Records> => {
  const parts = { clock: systemClock, timers: systemTimers, log }
  return shared === undefined
    ? openSqliteRecords({ folder, ...parts })
    : openPostgresRecords({ url: shared.databaseUrl, nodeName: shared.nodeName, ...parts })
}

const open = async (place: GatewayPlace) => {
  const { dataFolder, port, connectionsMax, shared, isUnsealed } = place
  const node = await openNode(
    {
      ...(shared === undefined ? {} : sharing(shared)),
      dataFolder,
      log,
      listener: {
        host: '127.0.0.1',
        mqttsPort: port,
        wssPort: 0,
        limits: {
          connectionsMax: connectionsMax + 100,
          halfOpenMax: connectionsMax + 100,
          halfOpenPerAddressMax: connectionsMax + 100,
          connectMsMax: 300_000,
        },
      },
      publicHosts: ['localhost', '127.0.0.1'],
      hostAdapter: { kind: 'recorder' },
      ...(isUnsealed === true ? { audit: { isOff: true } } : {}),
      heartbeatS,
      // The brake is taken at every Proceed and never holds: what it costs is measured, not what it is for.
      brake: { atLeast: 1_000_000 },
      helloPatienceMs: 300_000,
    },
    { records: heardRecords(await recordsAt(place), ears) },
  )
  opened = { node, dataFolder }
  const { caPem } = node.services
  return { port: node.ports.mqtts, caPem, serverTls: node.serverTls }
}

/** Through the node's own services: the API's limit per address is not what is measured here. */
const enrolOne = async (
  { services }: GatewayNode,
  { sn, csr }: Applicant,
): Promise<{ readonly papers: Papers; readonly offlineRoot: string; readonly list: string }> => {
  const { records, enrolment, clock } = services
  const nowMs = clock.now()
  const about = { tusn: null, assetEpoch: 1, actor: 'bench', atMs: nowMs }
  const made = await records.submit('register-terminal', {
    sn,
    vendor: 'SIM',
    model: 'SIM-P1',
    ...about,
  })
  if (!made.ok) throw new Error(`${sn}: ${made.code}`)
  const terminal = await records.read('terminal-by-sn', { sn })
  if (terminal !== undefined) terminalIds.set(sn, terminal.id)
  const token = await enrolment.createToken({ sn, reenrol: false, actor: 'bench', nowMs })
  if (!token.ok || token.token === undefined) throw new Error(`${sn}: no token`)
  const answer = await enrolment.enrol({ csrPem: csrToPem(csr), token: token.token, nowMs })
  if (!answer.ok) throw new Error(`${sn}: ${answer.code}`)
  const { certificatePem, offlineRoot, signerList: list } = answer
  return { papers: { sn, certificatePem }, offlineRoot, list }
}

const bytes = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))

const makeMerchant = async ({ services }: GatewayNode): Promise<void> => {
  const { records, ids, clock } = services
  const uuid = ids.next()
  const about = { acquirerCode, mid, name: 'bench', actor: 'bench', atMs: clock.now() }
  const made = await records.submit('create-merchant', {
    uuid,
    publicId: uuidToText(uuid),
    ...about,
  })
  if (made.ok) merchantUuid = uuid
}

const enrol = async (applicants: readonly Applicant[]) => {
  const { node } = present()
  await makeMerchant(node)
  const enrolled = await concurrently(applicants, 64, (one) => enrolOne(node, one))
  const first = enrolled[0]
  return {
    caPem: node.services.caPem,
    offlineRoot: bytes(first?.offlineRoot ?? ''),
    signerList: bytes(first?.list ?? ''),
    papers: enrolled.map(({ papers }) => papers),
  }
}

const meet = async (sns: readonly string[]): Promise<void> => {
  const { records } = present().node.services
  await concurrently(sns, 64, async (sn) => {
    const terminal = await records.read('terminal-by-sn', { sn })
    if (terminal !== undefined) terminalIds.set(sn, terminal.id)
  })
}

const idsOf = (sns: readonly string[]): readonly number[] =>
  sns.map((sn) => terminalIds.get(sn) ?? 0)

const openCommands = async (sns: readonly string[]): Promise<number> => {
  const { records } = present().node.services
  const found = await records.read('open-commands', { terminalIds: idsOf(sns), limit: 1_000 })
  return found.length
}

/** Between two fsyncs, as between those of lone commands: a disk that is never idle answers sooner. */
const restMs = 3

/** What one commit of one page costs where nobody else writes. */
const fsyncMs = async (times: number): Promise<number> => {
  const path = join(present().dataFolder, 'fsync.probe')
  const page = Buffer.alloc(4_096, 1)
  const file = openSync(path, 'w')
  const tookMs: number[] = []
  for (let round = 0; round < times; round += 1) {
    const startedMs = performance.now()
    writeSync(file, page)
    fsyncSync(file)
    tookMs.push(performance.now() - startedMs)
    await new Promise<void>((resolve) => {
      systemTimers.after(restMs, resolve)
    })
  }
  closeSync(file)
  rmSync(path)
  return percentile(tookMs, 0.5)
}

const ownDescriptors = '/proc/self/fd'

const descriptors = (): number | undefined =>
  existsSync(ownDescriptors) ? readdirSync(ownDescriptors).length : undefined

const calls: GatewayCalls = {
  open,
  enrol,
  meet,
  run: (load) =>
    runLoad({ services: present().node.services, ears, terminalIds, merchantUuid }, load),
  openCommands,
  cpuSeconds,
  memory,
  descriptors,
  fsyncMs,
  stop,
}

serve(calls, stop)
