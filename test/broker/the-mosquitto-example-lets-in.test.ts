import { once } from 'node:events'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect } from 'vitest'

import { connected, dial, makeStranger, type Door, type Stranger } from '../e2e/bare-client.js'
import { requireProgram, testWith, waitFor } from '../ground/index.js'
import { connectPacket, RawClient } from '../listener/raw-client.js'
import { openBrokerStage, type BrokerStage } from './broker-stage.js'
import { gatewayUser } from './example-mosquitto.js'

const programs = ['mosquitto'] as const
let stage: BrokerStage | undefined
let alice: Stranger
let bob: Stranger

beforeAll(async () => {
  if (!programs.every(requireProgram)) return
  stage = await openBrokerStage()
  alice = await makeStranger(stage, 'ALICE-1')
  bob = await makeStranger(stage, 'BOB-1')
}, 60_000)

afterAll(() => stage?.end(), 60_000)

const theStage = (): BrokerStage => {
  if (stage === undefined) throw new Error('no stage')
  return stage
}

const door = (port: number): Door => ({ node: { ports: { mqtts: port, wss: 0 } } })

const terminal = async (stranger: Stranger, clientId = stranger.sn): Promise<RawClient> => {
  const raw = await dial(door(theStage().ports.terminals), stranger)
  raw.send(connectPacket(stranger, 5, { clientId }))
  const { reasonCode } = await raw.next('connack')
  expect(reasonCode).toBe(0)
  return raw
}

const subscribe = async (raw: RawClient, topic: string): Promise<void> => {
  raw.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1 }] })
  await raw.next('suback')
}

/** The reason code of its PUBACK. */
const publish = async (raw: RawClient, topic: string, payload: string): Promise<number> => {
  const shape = { cmd: 'publish', qos: 1, dup: false, retain: false, messageId: 7 } as const
  raw.send({ ...shape, topic, payload })
  const { reasonCode = 0 } = await raw.next('puback')
  return reasonCode
}

const gateway = async (password: string): Promise<RawClient> => {
  const { ports } = theStage()
  const socket = connect({ port: ports.gateways, host: 'localhost', ca: alice.enrolled.chainPem })
  await once(socket, 'secureConnect')
  const raw = new RawClient(socket, 5)
  const user = { username: gatewayUser.username, password: Buffer.from(password) }
  raw.send(connectPacket({ sn: 'another-gateway' }, 5, user))
  return raw
}

const notAuthorized = 0x87

testWith(programs, 'a terminal writes to its own topics and to nobody else’s', async () => {
  const raw = await terminal(alice)
  expect(await publish(raw, 'tg/1/ALICE-1/up', 'x')).toBeLessThan(0x80)
  expect(await publish(raw, 'tg/1/ALICE-1/state', 'x')).toBeLessThan(0x80)
  for (const topic of [
    'tg/1/BOB-1/up',
    'tg/1/BOB-1/state',
    'tg/1/BOB-1/down',
    'tg/1/ALICE-1/down',
  ]) {
    expect(await publish(raw, topic, 'x'), topic).toBe(notAuthorized)
  }
  raw.end()
})

testWith(programs, 'a terminal hears what is for it, whatever it subscribes to', async () => {
  const raw = await terminal(alice)
  await subscribe(raw, '#')
  await subscribe(raw, 'tg/1/+/down')
  await subscribe(raw, 'tg/1/BOB-1/down')
  await subscribe(raw, '$share/tillgate/tg/1/+/up')
  await subscribe(raw, 'tg/1/ALICE-1/down')
  const own = await gateway(gatewayUser.password)
  await own.next('connack')
  await publish(own, 'tg/1/BOB-1/down', 'for Bob')
  await publish(own, 'tg/1/ALICE-1/down', 'for Alice')
  await waitFor(() => raw.packets.some((packet) => packet.cmd === 'publish'), { what: 'her own' })
  const heard = raw.packets.flatMap((packet) => (packet.cmd === 'publish' ? [packet.topic] : []))
  expect(new Set(heard)).toEqual(new Set(['tg/1/ALICE-1/down']))
  raw.end()
  own.end()
})

testWith(programs, 'a terminal that calls itself another one takes nobody’s session', async () => {
  const hers = await terminal(bob)
  const his = await terminal(alice, 'BOB-1')
  expect(await publish(hers, 'tg/1/BOB-1/up', 'x')).toBeLessThan(0x80)
  expect(hers.isClosed).toBe(false)
  hers.end()
  his.end()
})

testWith(programs, 'without a certificate, or with a wrong password, nobody comes in', async () => {
  const { ports } = theStage()
  const socket = connect({ port: ports.terminals, host: 'localhost', ca: alice.enrolled.chainPem })
  const raw = new RawClient(socket, 5)
  raw.send(connectPacket(alice, 5))
  await raw.closed()
  expect(raw.packets).toEqual([])
  const wrong = await gateway('a guess')
  const { reasonCode } = await wrong.next('connack')
  expect(reasonCode).toBeGreaterThanOrEqual(0x80)
  wrong.end()
})

testWith(programs, 'what a terminal says there reaches the gateway, and is answered', async () => {
  const behind = theStage()
  const at = Object.create(behind, {
    node: { value: { ...behind.node, ports: { mqtts: behind.ports.terminals, wss: 0 } } },
  }) as BrokerStage
  const client = await connected(at, bob)
  await client.greet()
  client.end()
})
