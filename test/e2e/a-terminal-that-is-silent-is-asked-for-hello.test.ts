import {
  downTopic,
  findSigner,
  openSignerList,
  verifySignature,
  algorithmByNumber,
} from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'
import { connect, type MqttClient } from 'mqtt'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'

import { waitFor } from '../ground/index.js'
import { connected, makeStranger, opened, type Stranger } from './bare-client.js'
import { openStage, patienceMs, type Stage } from './stage.js'

let stage: Stage
const clients: MqttClient[] = []

beforeAll(async () => {
  stage = await openStage({ helloPatienceMs: 150 })
}, 60_000)

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.endAsync(true)))
})
afterAll(() => stage.end(), 60_000)

/** As the terminal would: the pinned root says whose signature counts for what. */
const isSignedByOrdinaryKey = (stranger: Stranger, payload: Uint8Array): boolean => {
  const { enrolled } = stranger
  const root = new Uint8Array(Buffer.from(enrolled.offlineRoot, 'base64'))
  const rootKey = nodePrimitives.importPublicKey(root, 'ES256')!
  const envelope = new Uint8Array(Buffer.from(enrolled.signerList, 'base64'))
  const list = openSignerList(nodePrimitives, rootKey, envelope)
  if (!list.ok) throw new Error(list.code)
  const { body, auth } = opened(payload)
  const question = { kid: auth.kid, purpose: 'ordinary', timeMs: Date.now() } as const
  const signer = findSigner(list.value, question)
  if (!signer.ok) throw new Error(signer.code)
  const alg = algorithmByNumber(signer.value.alg)!
  const key = nodePrimitives.importPublicKey(signer.value.publicKey, alg)!
  return verifySignature(nodePrimitives, key, 'ordinary', body, auth)
}

it.each([
  { url: 'mqtts', protocolVersion: 5 },
  { url: 'mqtts', protocolVersion: 4 },
  { url: 'wss', protocolVersion: 5 },
] as const)('gets a HelloRequest that its signer list vouches for (%o)', async (way) => {
  const { url, protocolVersion } = way
  const sn = `SILENT-${url}-${String(protocolVersion)}`
  const stranger = await makeStranger(stage, sn)
  const { ports } = stage.node
  const address =
    url === 'wss'
      ? `wss://localhost:${String(ports.wss)}/mqtt`
      : `mqtts://localhost:${String(ports.mqtts)}`
  const client = connect(address, {
    key: stranger.keyPem,
    cert: stranger.enrolled.certificatePem,
    ca: stranger.enrolled.chainPem,
    clientId: sn,
    protocolVersion,
    reconnectPeriod: 0,
    manualConnect: true,
  })
  clients.push(client)
  const came: { readonly topic: string; readonly payload: Uint8Array }[] = []
  client.on('message', (topic, payload) => came.push({ topic, payload: new Uint8Array(payload) }))
  client.connect()
  await client.subscribeAsync(downTopic(sn), { qos: 1 })
  await waitFor(() => came.length >= 2, { what: 'two requests', timeoutMs: patienceMs })

  for (const { topic, payload } of came) {
    expect(topic).toBe(downTopic(sn))
    expect(opened(payload).message.kind).toBe('helloRequest')
    expect(isSignedByOrdinaryKey(stranger, payload)).toBe(true)
    const spoiled = Uint8Array.from(payload)
    spoiled[payload.length - 1]! ^= 1
    expect(isSignedByOrdinaryKey(stranger, spoiled)).toBe(false)
  }
})

it('is asked no more once it has said Hello', async () => {
  const stranger = await makeStranger(stage, 'TALKS-AT-LAST')
  const client = await connected(stage, stranger)
  await client.next('helloRequest')
  await client.greet()
  expect(await stage.services.presence.online([stranger.terminalId])).toEqual(
    new Set([stranger.terminalId]),
  )
  // Whoever is asked after it still gets one: the asking goes on, for others.
  const other = await connected(stage, await makeStranger(stage, 'SILENT-STILL'))
  await other.next('helloRequest')
  await other.next('helloRequest')
  expect(client.raw.packets.filter(({ cmd }) => cmd === 'publish')).toEqual([])
  client.end()
  other.end()
})
