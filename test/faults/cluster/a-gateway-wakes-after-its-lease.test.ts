// SIGSTOP of a gateway that has a terminal's session, claimed commands, and uplinks of that session that it has
// not read; the terminal goes on at another gateway, and then the first one wakes.
import { parseDownlink, parseEnvelope, uuidToText } from '@tillgate/protocol'
import type { GatewayNode } from '@tillgate/gateway'
import { nodePrimitives } from '@tillgate/protocol/node'
import { randomBytes } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'

import { Cluster } from '../../cluster/cluster.js'
import { BareClient, dial, makeStranger, type Stranger } from '../../e2e/bare-client.js'
import {
  freshDatabase,
  noPostgres,
  pause,
  requireProgram,
  startRedis,
  tempFolder,
  waitFor,
} from '../../ground/index.js'
import { connectPacket, subscribeDown } from '../../listener/raw-client.js'
import { noHostAccess, openPeople } from '../people.js'

const missing = noPostgres() ?? (requireProgram('redis-server') ? undefined : 'needs redis-server')
/** Longer than a node's lease and than it is believed to be there. */
const hangsMs = 12_000
const patienceMs = 60_000

interface Command {
  readonly commandId: Uint8Array
  readonly downlinkHash: Uint8Array
}

const openCluster = async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.kill())
  const sealingKey = randomBytes(32).toString('hex')
  const shared = { databaseUrl: await freshDatabase(), redisUrl: redis.url, sealingKey }
  const people = await openPeople(shared)
  onTestFinished(() => people.stop())
  const size = { gateways: 2, admins: 0 }
  const folder = tempFolder('wakes')
  const cluster = await Cluster.start({ ...shared, ...size, folder, host: noHostAccess })
  onTestFinished(() => cluster.stop())
  const [first, second] = cluster.gateways.all
  if (first === undefined || second === undefined) throw new Error('two gateways')
  return { people, first, second }
}

const terminalOf = async ({ services }: GatewayNode, { sn }: Stranger) => {
  const terminal = await services.records.read('terminal-by-sn', { sn })
  if (terminal === undefined) throw new Error('no terminal')
  return terminal
}

const greetedAt = async (
  people: GatewayNode,
  stranger: Stranger,
  mqtts: number,
): Promise<BareClient> => {
  const raw = await dial({ node: { ports: { mqtts, wss: 0 } } }, stranger)
  onTestFinished(() => raw.end())
  raw.patienceMs = patienceMs
  raw.send(connectPacket(stranger, 5))
  await raw.next('connack')
  await subscribeDown(raw, stranger.sn)
  const { uplinkSeq } = await terminalOf(people, stranger)
  const client = new BareClient(stranger, raw, uplinkSeq)
  await client.greet()
  return client
}

const order = async ({ services }: GatewayNode, { sn }: Stranger): Promise<Uint8Array> => {
  const payload = { type: 'SelfTest', items: [] } as const
  const answer = await services.commands.order({ sn, payload, actor: 'test' })
  if (!answer.ok) throw new Error(answer.code)
  return answer.value.uuid
}

/** The next command that comes; what else comes is acknowledged. */
const commandTo = ({ raw }: BareClient): Promise<Command> =>
  waitFor(
    async () => {
      const { payload, messageId = 0 } = await raw.next('publish')
      raw.send({ cmd: 'puback', messageId, reasonCode: 0 })
      const envelope = parseEnvelope(new Uint8Array(Buffer.from(payload)))
      if (!envelope.ok) throw new Error(envelope.code)
      const { body } = envelope.value
      const downlink = parseDownlink(body)
      if (!downlink.ok || downlink.value.message.kind !== 'command') return undefined
      const { commandId } = downlink.value.message
      return { commandId, downlinkHash: nodePrimitives.sha256(body) }
    },
    { what: 'a command', timeoutMs: patienceMs },
  )

const resultOf = (client: BareClient, about: Command): Uint8Array => {
  const message = { kind: 'result', code: 0, payload: new Uint8Array(0), unknown: false } as const
  return client.maced(client.body({ message, ...about }))
}

/** Everything that the records know of the terminal and of these commands. */
const known = async (people: GatewayNode, stranger: Stranger, uuids: readonly Uint8Array[]) => {
  const { commands, events } = people.services
  const filter = { terminalId: stranger.terminalId }
  const { events: ledger } = await events.read({ after: 0, limit: 500, filter })
  return {
    terminal: await terminalOf(people, stranger),
    commands: await Promise.all(uuids.map((uuid) => commands.show(uuid))),
    ledger,
  }
}

test(
  'it writes nothing of its former session, and what it was asked after that is done elsewhere, once',
  { timeout: 180_000 },
  async (context) => {
    if (missing !== undefined) context.skip(missing)
    const { people, first, second } = await openCluster()
    const stranger = await makeStranger(people, 'SLEEPER-1')
    const before = await greetedAt(people, stranger, first.ports.mqtts)
    const fenceBefore = (await terminalOf(people, stranger)).fence
    const uuids = [await order(people, stranger), await order(people, stranger)]
    const claimed = [await commandTo(before), await commandTo(before)]

    first.pause()
    // Good words of the session that it has: they lie in its socket while it hangs.
    for (const one of claimed) {
      const payload = Buffer.from(resultOf(before, one))
      const shape = { cmd: 'publish', qos: 1, dup: false, retain: false, messageId: 77 } as const
      before.raw.send({ ...shape, topic: `tg/1/${stranger.sn}/up`, payload })
    }
    const after = await greetedAt(people, stranger, second.ports.mqtts)
    const answered = new Set<string>()
    while (answered.size < uuids.length) {
      const command = await commandTo(after)
      expect(await after.publish(resultOf(after, command))).toBe(0)
      answered.add(uuidToText(command.commandId))
    }
    uuids.push(await order(people, stranger))
    const last = await commandTo(after)
    await pause(hangsMs)
    const slept = await known(people, stranger, uuids)
    expect(slept.terminal.fence).toBeGreaterThan(fenceBefore)
    expect(slept.commands.map((one) => one?.command.state)).toEqual(['done', 'done', 'published'])

    first.resume()
    await waitFor(() => before.raw.isClosed, { what: 'it to let go', timeoutMs: patienceMs })
    // It serves again: whatever it had in mind for the former session has been tried by then.
    const other = await makeStranger(people, 'SLEEPER-2')
    const served = await greetedAt(people, other, first.ports.mqtts)
    const uuid = await order(people, other)
    const command = await commandTo(served)
    expect(await served.publish(resultOf(served, command))).toBe(0)
    const isDone = async () => (await people.services.commands.show(uuid))?.command.state === 'done'
    await waitFor(isDone, { what: 'its own work', timeoutMs: patienceMs })
    expect(await known(people, stranger, uuids)).toEqual(slept)

    expect(await after.publish(resultOf(after, last))).toBe(0)
    const ended = await known(people, stranger, uuids)
    expect(ended.commands.map((one) => one?.command.state)).toEqual(['done', 'done', 'done'])
    const ends = ended.ledger.filter(({ kind }) => kind === 'command.done')
    expect(ends).toHaveLength(uuids.length)
  },
)
