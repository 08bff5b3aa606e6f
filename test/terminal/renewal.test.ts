import { parseEnvelope, renewalBytes, verifySignature } from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'
import { expect, test } from 'vitest'
import { bound, online, prepare, proceed, type World } from './world.js'

const ask = ({ gateway }: World): void => {
  const nothing = { certificate: undefined, chain: undefined }
  gateway.send({ kind: 'renewCertificate', reason: 'EXPIRY', ...nothing })
}

const requested = async (world: World): Promise<Uint8Array> => {
  ask(world)
  await world.until('the request', () => world.gateway.said('renewRequest') === 1)
  const next = world.flash.durable().cells.nextIdentity
  if (next === undefined) throw new Error('no new key')
  return next.spki
}

/** What counts of a certificate here is that it holds the key. */
const certificateOf = (spki: Uint8Array): Uint8Array =>
  new Uint8Array([0x30, 0x82, 0x01, 0x00, ...spki, 1, 2, 3])

const answer = ({ gateway }: World, spki: Uint8Array): void => {
  const certificate = certificateOf(spki)
  gateway.send({ kind: 'renewCertificate', reason: '', certificate, chain: undefined })
}

test('a new key is vouched for by the old one, and signs from the first Hello after', async () => {
  const world = await online()
  const { gateway, flash } = world
  const old = gateway.identity
  const spki = await requested(world)
  const { csr, proofOfOldKey } = gateway.last('renewRequest').uplink.message
  const bytes = renewalBytes(nodePrimitives, csr)
  expect(nodePrimitives.verify(old, bytes, proofOfOldKey)).toBe(true)

  const renewed = nodePrimitives.importPublicKey(spki, 'ES256')!
  gateway.identity = renewed
  answer(world, spki)
  await world.until('the next Hello', () => gateway.all('hello').length === 2)
  const envelope = parseEnvelope(gateway.last('hello').envelope)
  if (!envelope.ok || envelope.value.auth?.kind !== 'signature') throw new Error('unsigned')
  const { body, auth } = envelope.value
  expect(verifySignature(nodePrimitives, renewed, 'device', body, auth)).toBe(true)
  await world.until('the Welcome', () => world.terminal.state().session.open !== undefined)
  await world.run(10)
  const { cells } = flash.durable()
  expect(cells.identity?.spki).toEqual(spki)
  expect(cells.formerIdentity).toBeUndefined()
  expect(cells.nextIdentity).toBeUndefined()
})

test('a certificate for another key is not taken', async () => {
  const world = await online()
  await requested(world)
  const before = world.flash.durable().cells.identity
  answer(world, world.signers.ordinary.spki)
  await world.run(20_000)
  expect(world.flash.durable().cells.identity).toEqual(before)
  expect(world.gateway.all('hello').length).toBe(1)
})

test('asked again it sends the same request, also after a reboot', async () => {
  const world = await online()
  const { gateway } = world
  const spki = await requested(world)
  world.terminal.reboot(10)
  await world.until('the next session', () => world.terminal.state().session.open !== undefined)
  ask(world)
  await world.until('the request', () => gateway.said('renewRequest') === 2)
  expect(world.flash.durable().cells.nextIdentity?.spki).toEqual(spki)
  const [first, second] = gateway.all('renewRequest').map(({ uplink }) => uplink.message.csr)
  expect(second).toEqual(first)
})

test('with a new certificate that nobody lets in, it goes back to the one it had', async () => {
  const world = await online()
  const { gateway, flash } = world
  const before = flash.durable().cells.identity
  const spki = await requested(world)
  answer(world, spki)
  gateway.habits.refuses = true
  await world.until('the new key', () => flash.durable().cells.formerIdentity !== undefined)
  await world.until('the old key', () => flash.durable().cells.formerIdentity === undefined)
  expect(flash.durable().cells.identity).toEqual(before)
  gateway.habits.refuses = false
  await world.until('a session', () => world.terminal.state().session.open !== undefined)
})

test('nothing is renewed while a proof is open', async () => {
  const world = await bound()
  const { gateway } = world
  gateway.habits.receipts = false
  proceed(world, await prepare(world))
  await world.until('the proof', () => gateway.said('proof') === 1)
  ask(world)
  await world.run(1_000)
  expect(gateway.said('renewRequest')).toBe(0)
  gateway.receipt(gateway.last('proof'))
  await world.run(50)
  await requested(world)
})
