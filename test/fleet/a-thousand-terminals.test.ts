// A thousand terminals in one process, over mutual TLS 1.3, against a node in this process as well: what
// is not ideal about them is drawn from one seed, and each does what it is told once.
import {
  createMemoryFlash,
  domainShares,
  manufacture,
  manufactureKeyOf,
  serialNumber,
  startFleet,
  systemEntropy,
  type Fleet,
  type MemoryFlash,
  type Shares,
} from '@tillgate/device-sim'
import { openNode, type GatewayNode, type Log } from '@tillgate/gateway'
import { nodePrimitives } from '@tillgate/protocol/node'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { enrolFlash, registerTerminal } from '../e2e/enrolled.js'
import { tempFolder, waitFor } from '../ground/index.js'

const count = 1_000
const atOnce = 16
const seed = process.env['TILLGATE_SEED'] ?? 'thousand'
/** On two quiet cores all of it takes half a minute; what is right comes on busy ones too. */
const patienceMs = 240_000

/** More bad luck than in life, so that a minute meets it. */
const shares: Shares = {
  ...domainShares,
  'slow-link': 0.2,
  'lost-acknowledgements': 0.1,
  'answers-twice': 0.1,
  'clock-at-1970': 0.1,
  'clock-in-wrong-zone': 0.1,
  'reconnects-badly': 0.1,
  'old-firmware': 0.1,
  'drops-first-result': 0.05,
  // These would answer for the whole afternoon, or not today.
  'late-deliveries': 0,
}

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (message, fields) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
}

let node: GatewayNode | undefined
let fleet: Fleet | undefined
const flashes = new Map<string, MemoryFlash>()

const eachAtOnce = async (work: (sn: string) => Promise<void>): Promise<void> => {
  const left = Array.from({ length: count }, (_, i) => serialNumber(seed, i)).values()
  const worker = async (): Promise<void> => {
    for (const sn of left) await work(sn)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** Without the HTTP in between, and its limit. */
const enrolled = async ({ services }: GatewayNode, sn: string): Promise<void> => {
  const flash = createMemoryFlash()
  const manufactureKey = manufactureKeyOf(nodePrimitives, 'nobody')
  const factory = { primitives: nodePrimitives, entropy: systemEntropy, manufactureKey }
  await manufacture({ ...factory, model: 'SIM-P1' }, sn, flash)
  await registerTerminal(services, sn)
  await enrolFlash(services, sn, flash)
  flashes.set(sn, flash)
}

beforeAll(async () => {
  process.stdout.write(`a thousand terminals from the seed ${seed}\n`)
  const opened = await openNode({
    dataFolder: tempFolder('thousand'),
    log: silent,
    listener: { host: '127.0.0.1', mqttsPort: 0, wssPort: 0 },
    publicHosts: ['localhost', '127.0.0.1'],
    hostAdapter: { kind: 'recorder' },
    timing: { askMs: 2_000 },
  })
  node = opened
  await eachAtOnce((sn) => enrolled(opened, sn))
}, patienceMs)

afterAll(async () => {
  await fleet?.stop()
  await node?.stop()
}, 30_000)

test('all come online, and of a SelfTest for each every one is done once', async () => {
  const { ports, services } = node!
  fleet = await startFleet({
    count,
    seed,
    url: `mqtts://localhost:${String(ports.mqtts)}`,
    flashFor: (sn) => flashes.get(sn)!,
    behaviours: shares,
  })
  await fleet.until('each has been online', ({ met }) => met === count, patienceMs)

  const orders = new Map<string, Uint8Array>()
  await eachAtOnce(async (sn) => {
    const payload = { type: 'SelfTest' } as const
    const ordered = await services.commands.order({ sn, payload, actor: 'fleet' })
    if (!ordered.ok) throw new Error(`${sn}: ${ordered.code}`)
    orders.set(sn, ordered.value.uuid)
  })
  await fleet.until('each has answered', ({ done }) => done === count, patienceMs)

  let ends = 0
  for (const [sn, uuid] of orders) {
    const isDone = async () => {
      const shown = await services.commands.show(uuid)
      return shown?.command.state === 'done' ? shown : undefined
    }
    const { ledger } = await waitFor(isDone, { what: `the end of ${sn}`, timeoutMs: patienceMs })
    ends += ledger.filter(({ kind }) => kind === 'command.done').length
    const { journal } = flashes.get(sn)!.durable().areas
    expect(
      [...journal.values()].map(({ state }) => state),
      sn,
    ).toEqual(['done'])
  }
  expect(ends).toBe(count)
  expect(fleet.counts()).toMatchObject({ terminals: count, met: count, flashFailures: 0 })
}, 600_000)
