import { errorByNumber, parseResult, type Command } from '@tillgate/protocol'
import { expect, test } from 'vitest'
import { freshId, type CommandParts } from './fake-gateway.js'
import { bindPayload, bound, online, prepare, proceed, unbindPayload } from './world.js'

const selfTest: CommandParts['payload'] = { type: 'SelfTest' }

test('a finished command that comes again is answered with its result, and not run again', async () => {
  const world = await online()
  const { gateway } = world
  const { command } = gateway.order({ payload: bindPayload })
  await world.until('the result', () => gateway.said('result') === 1)
  const syncs = world.flash.syncs()
  const bindsDone = world.notes.filter(({ what }) => what === 'bound').length
  gateway.send(command)
  await world.until('the result again', () => gateway.all('result').length === 2)
  const [first, second] = gateway.all('result')
  expect(second!.uplink.message).toEqual(first!.uplink.message)
  expect(world.notes.filter(({ what }) => what === 'bound').length).toBe(bindsDone)
  // No write was needed but, at most, the reservation of uplink sequences.
  expect(world.flash.syncs() - syncs).toBeLessThanOrEqual(1)
})

test('a newer attempt of a finished command gets the old result under the new hash, and its sequence is stored', async () => {
  const world = await online()
  const { gateway } = world
  const { command } = gateway.order({ payload: selfTest })
  await world.until('the result', () => gateway.said('result') === 1)
  const again = gateway.compose({ payload: selfTest, commandId: command.commandId })
  const hash = gateway.sent(gateway.send(again))
  await world.until('the result again', () => gateway.said('result') === 2)
  expect(gateway.last('result').uplink.downlinkHash).toEqual(hash)
  expect(world.flash.durable().cells.sequence).toBe(again.seq)
})

test('a running command that comes again is accepted again, and gives one result', async () => {
  const world = await online()
  const { gateway } = world
  const { command } = gateway.order({ payload: selfTest })
  await world.run(3)
  gateway.send(command)
  await world.run(300)
  expect(gateway.said('accepted')).toBe(1)
  expect(gateway.said('result')).toBe(1)
})

test('the same id with another payload or type is an alarm, and changes nothing', async () => {
  const world = await bound()
  const { gateway } = world
  const { command } = gateway.order({ payload: { type: 'Lock', reason: 'RISK_CONTROL' } })
  await world.until('the lock', () => world.flash.durable().cells.lock !== undefined)
  const refused = gateway.said('refused')
  gateway.order({ payload: { type: 'Unlock' }, commandId: command.commandId })
  await world.until('the alarm', () => gateway.said('alarm') === 1)
  const alarm = gateway.last('alarm').uplink
  expect(errorByNumber(alarm.message.code)?.code).toBe('COMMAND_ID_REUSED')
  expect(alarm.commandId).toEqual(command.commandId)
  expect(world.flash.durable().cells.lock).toBeDefined()
  expect(gateway.said('refused')).toBe(refused)
})

test('a refused command runs again under a higher sequence, and is stale under the old one', async () => {
  const world = await bound()
  const { gateway } = world
  const lock: CommandParts['payload'] = { type: 'Lock', reason: 'RISK_CONTROL' }
  const { command } = gateway.order({ payload: lock, notAfterMs: gateway.now() - 1, issuedAtMs: 1 })
  await world.until('the refusal', () => gateway.said('refused') === 1)
  gateway.send(command)
  await world.until('the refusal again', () => gateway.all('refused').length === 2)
  expect(errorByNumber(gateway.last('refused').uplink.message.code)?.code).toBe('STALE_SEQ')
  gateway.order({ payload: lock, commandId: command.commandId })
  await world.until('the lock', () => world.flash.durable().cells.lock !== undefined)
})

test('a prepared command that comes again under another sequence gets a Ready that names it', async () => {
  const world = await bound()
  const { gateway } = world
  const prepared = await prepare(world)
  const again: Command = gateway.compose({
    payload: unbindPayload,
    commandId: prepared.commandId,
  })
  const hash = gateway.sent(gateway.send(again))
  await world.until('the second Ready', () => gateway.said('ready') === 2)
  const second = gateway.last('ready').uplink
  expect(second.downlinkHash).toEqual(hash)
  expect(second.message.readyNonce).toEqual(prepared.nonce)
  expect(second.message.leaseS).toBeLessThanOrEqual(120)
  proceed(world, { ...prepared, hash })
  await world.until('the proof', () => gateway.said('proof') === 1)
  expect(gateway.last('proof').uplink.downlinkHash).toEqual(hash)
})

test('the body that the first Ready named may still be proceeded with', async () => {
  const world = await bound()
  const { gateway } = world
  const prepared = await prepare(world)
  gateway.order({ payload: unbindPayload, commandId: prepared.commandId })
  await world.until('the second Ready', () => gateway.said('ready') === 2)
  proceed(world, prepared)
  await world.until('the proof', () => gateway.said('proof') === 1)
})

test('an erased command that comes again is answered with the very same proof', async () => {
  const world = await bound()
  const { gateway } = world
  const prepared = await prepare(world)
  proceed(world, prepared)
  await world.until('the proof', () => gateway.said('proof') === 1)
  gateway.order({ payload: unbindPayload, commandId: prepared.commandId })
  await world.until('the proof again', () => gateway.all('proof').length === 2)
  expect(gateway.said('proof')).toBe(1)
  expect(world.flash.durable().cells.erasureCounter).toBe(1)
})

test('the journal keeps the last 64 closed commands, and forgets the oldest first', async () => {
  const world = await online()
  const { gateway } = world
  const first = gateway.order({ payload: selfTest })
  for (let i = 0; i < 70; i++) {
    gateway.order({ payload: selfTest })
    await world.until('its result', () => gateway.said('result') >= i + 1)
  }
  await world.run(100)
  const { journal } = world.flash.durable().areas
  expect(journal.size).toBeLessThanOrEqual(65)
  gateway.send(first.command)
  await world.until('an answer', () => gateway.said('refused') === 1)
  expect(errorByNumber(gateway.last('refused').uplink.message.code)?.code).toBe('STALE_SEQ')
})

test('a proof that nobody has receipted is not forgotten, however many commands follow', async () => {
  const world = await bound()
  const { gateway } = world
  gateway.habits.receipts = false
  const prepared = await prepare(world)
  proceed(world, prepared)
  await world.until('the proof', () => gateway.said('proof') === 1)
  for (let i = 0; i < 70; i++) {
    const before = gateway.said('result')
    gateway.order({ payload: selfTest })
    await world.until('its result', () => gateway.said('result') > before)
  }
  const proofs = gateway.all('proof').length
  gateway.order({ payload: unbindPayload, commandId: prepared.commandId })
  await world.until('the proof again', () => gateway.all('proof').length > proofs)
  expect(gateway.said('proof')).toBe(1)
})

test('a Query of an unknown id says so, and nothing below it ever runs', async () => {
  const world = await bound()
  const { gateway } = world
  const lost = gateway.compose({ payload: { type: 'Lock', reason: 'RISK_CONTROL' } })
  gateway.send({ kind: 'query', commandId: lost.commandId, seq: ++gateway.seq })
  await world.until('the status', () => gateway.said('status') === 1)
  expect(gateway.last('status').uplink.message).toMatchObject({
    state: 'NOT_SEEN',
    querySeq: gateway.seq,
  })
  expect(world.flash.durable().cells.sequence).toBe(gateway.seq)
  gateway.send(lost)
  await world.until('the refusal', () => gateway.said('refused') === 1)
  expect(world.flash.durable().cells.lock).toBeUndefined()
})

test('a Query answers what the journal holds, with what ended it', async () => {
  const world = await bound()
  const { gateway } = world
  const query = async (commandId: Uint8Array): Promise<string> => {
    const before = gateway.said('status')
    gateway.send({ kind: 'query', commandId, seq: ++gateway.seq })
    await world.until('the status', () => gateway.said('status') > before)
    return gateway.last('status').uplink.message.state
  }
  const done = gateway.order({ payload: selfTest }).command.commandId
  await world.until('the result', () => gateway.said('result') === 2)
  expect(await query(done)).toBe('DONE')
  const { payload } = gateway.last('status').uplink.message
  expect(parseResult(1, payload).ok).toBe(true)

  const refused = gateway.order({ payload: selfTest, assetEpoch: 7 }).command.commandId
  await world.until('the refusal', () => gateway.said('refused') === 1)
  expect(await query(refused)).toBe('REFUSED')

  const prepared = await prepare(world)
  expect(await query(prepared.commandId)).toBe('PREPARED_NOW')
  expect(gateway.last('status').uplink.message.readyNonce).toEqual(prepared.nonce)
  proceed(world, prepared)
  await world.until('the erasure', () => world.flash.durable().cells.erasure !== undefined)
  expect(await query(prepared.commandId)).toBe('ERASING')
  await world.until('the proof', () => gateway.said('proof') === 1)
  const proofs = gateway.all('proof').length
  expect(await query(prepared.commandId)).toBe('DONE')
  await world.until('the proof again', () => gateway.all('proof').length > proofs)

  const unseen = freshId()
  gateway.send({ kind: 'abort', commandId: unseen, seq: ++gateway.seq, readyNonce: undefined })
  await world.until('the release', () => gateway.said('released') === 1)
  expect(await query(unseen)).toBe('RELEASED')
})
