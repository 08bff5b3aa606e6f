import { parseEnvelope, parseUplink, toHex } from '@tillgate/protocol'
import { describe, expect, test } from 'vitest'
import { signerListOf, makeSigners } from './signers.js'
import { bind, bound, makeWorld, online, prepare, proceed, sell, type World } from './world.js'
import type { CommandParts } from './fake-gateway.js'

const selfTest: CommandParts['payload'] = { type: 'SelfTest' }

const evidenceOf = ({ flash }: World): readonly string[] =>
  [...flash.durable().areas.evidence.values()]
    .filter(({ receipted }) => !receipted)
    .map(({ kind }) => kind)

const reconnected = async (world: World): Promise<void> => {
  const hellos = world.gateway.all('hello').length
  world.gateway.drop()
  await world.until('the next session', () => world.gateway.all('hello').length > hellos)
  await world.run(50)
}

const proved = async (world: World): Promise<void> => {
  proceed(world, await prepare(world))
  await world.until('the proof', () => world.gateway.said('proof') > 0)
}

describe('evidence', () => {
  test('is kept over PUBACK, sessions and reboots until its Receipt, and sent verbatim each time', async () => {
    const world = await bound()
    const { gateway } = world
    gateway.habits.receipts = false
    await proved(world)
    await world.run(1_000)
    expect(evidenceOf(world)).toEqual(['proof'])
    await reconnected(world)
    world.terminal.reboot(10)
    await world.until('the proof again', () => gateway.all('proof').length >= 3)
    const envelopes = new Set(gateway.all('proof').map(({ envelope }) => toHex(envelope)))
    expect(envelopes.size).toBe(1)
    gateway.receipt(gateway.last('proof'))
    await world.run(50)
    world.terminal.reboot(10)
    await world.until('the next session', () => world.terminal.state().session.open !== undefined)
    await world.run(200)
    const sent = gateway.all('proof').length
    await reconnected(world)
    expect(gateway.all('proof').length).toBe(sent)
  })

  test('stays where the Receipt names another body', async () => {
    const world = await bound()
    const { gateway } = world
    gateway.habits.receipts = false
    await proved(world)
    const { uplink } = gateway.last('proof')
    gateway.send({ kind: 'receipt', messageId: uplink.messageId, hash: new Uint8Array(32) })
    await world.run(100)
    await reconnected(world)
    expect(gateway.all('proof').length).toBe(2)
  })

  test('of an epoch outlives the next binding until its Receipt comes', async () => {
    const world = await bound()
    const { gateway } = world
    gateway.habits.receipts = false
    await proved(world)
    await bind(world)
    expect(evidenceOf(world)).toEqual(['proof'])
    await reconnected(world)
    expect(gateway.said('proof')).toBe(1)
    expect(gateway.all('proof').length).toBe(2)
  })

  test('is said again with each heartbeat until its Receipt comes, and not in a loop', async () => {
    const world = await bound()
    const { gateway } = world
    gateway.habits.receipts = false
    await proved(world)
    const { heartbeatS } = gateway
    await world.run((heartbeatS * 1_000) / 2)
    expect(gateway.all('proof').length).toBe(1)
    await world.run(3 * heartbeatS * 1_000)
    expect(gateway.all('proof').length).toBe(4)
    gateway.habits.receipts = true
    await world.run(heartbeatS * 1_000)
    const said = gateway.all('proof').length
    await world.run(5 * heartbeatS * 1_000)
    expect(gateway.all('proof').length).toBe(said)
  })

  test('of a Ready is no longer sent when its nonce is dead', async () => {
    const world = await bound()
    const { gateway } = world
    gateway.habits.receipts = false
    await prepare(world)
    expect(evidenceOf(world)).toEqual(['ready'])
    await reconnected(world)
    expect(gateway.all('ready').length).toBe(2)
    world.terminal.reboot(10)
    await world.until('the release', () => gateway.said('released') === 1)
    expect(evidenceOf(world)).toEqual(['released'])
    expect(gateway.all('ready').length).toBe(2)
  })
})

describe('what is not evidence', () => {
  test('is authenticated anew under the next session, with the same body', async () => {
    const world = await online()
    const { gateway } = world
    gateway.habits.pubacks = false
    gateway.order({ payload: selfTest })
    await world.until('the result', () => gateway.all('result').length === 1)
    await reconnected(world)
    await world.until('the result again', () => gateway.all('result').length === 2)
    const [first, second] = gateway.all('result')
    expect(second!.body).toEqual(first!.body)
    expect(second!.envelope).not.toEqual(first!.envelope)
    expect(second!.session).not.toBe(first!.session)
  })

  test('ends with its PUBACK', async () => {
    const world = await online()
    const { gateway } = world
    gateway.order({ payload: selfTest })
    await world.until('the result', () => gateway.all('result').length === 1)
    await world.run(50)
    await reconnected(world)
    expect(gateway.all('result').length).toBe(1)
    expect(world.terminal.state().outbox).toEqual([])
  })

  test('is told later when it was done without a link', async () => {
    const world = await online()
    const { gateway } = world
    gateway.order({ payload: selfTest })
    await world.run(2)
    gateway.habits.refuses = true
    gateway.drop()
    await world.run(500)
    expect(gateway.said('result')).toBe(0)
    gateway.habits.refuses = false
    await world.until('the result', () => gateway.said('result') === 1)
  })
})

describe('a session', () => {
  test('has its nonce in a signed will before CONNECT, and in its Hello', async () => {
    const world = await online()
    const { gateway } = world
    const will = parseEnvelope(gateway.session!.will)
    if (!will.ok || will.value.auth?.kind !== 'signature') throw new Error('an unsigned will')
    const parsed = parseUplink(will.value.body)
    if (!parsed.ok || parsed.value.message.kind !== 'heartbeat') throw new Error('not a heartbeat')
    expect(parsed.value.message.will).toBe(true)
    expect(parsed.value.message.sessionNonce).toEqual(
      gateway.last('hello').uplink.message.sessionNonce,
    )
  })

  test('never repeats a nonce, a boot id, a message id or an uplink sequence', async () => {
    const world = await online()
    const { gateway } = world
    for (let i = 0; i < 4; i++) {
      gateway.order({ payload: selfTest })
      await world.run(300)
      if (i % 2 === 0) world.terminal.reboot(10)
      else gateway.drop()
      await world.until('the next session', () => gateway.all('hello').length === i + 2)
    }
    const hellos = gateway.all('hello').map(({ uplink }) => uplink)
    const nonces = new Set(hellos.map(({ message }) => toHex(message.sessionNonce)))
    expect(nonces.size).toBe(hellos.length)
    expect(new Set(hellos.map(({ bootId }) => toHex(bootId))).size).toBe(3)
    const seqs = gateway.heard.map(({ uplink }) => uplink.uplinkSeq)
    expect(new Set(seqs).size).toBe(seqs.length)
    expect(hellos.map(({ uplinkSeq }) => uplinkSeq)).toEqual(
      hellos.map(({ uplinkSeq }) => uplinkSeq).toSorted((a, b) => a - b),
    )
  })

  test('takes no Welcome but the one to its latest Hello', async () => {
    const world = makeWorld()
    const { gateway, terminal } = world
    gateway.habits.welcomes = false
    await world.until('a Hello', () => gateway.all('hello').length === 1)
    const first = gateway.last('hello')
    gateway.welcome(first, { helloHash: new Uint8Array(32) })
    await world.run(100)
    expect(terminal.state().session.open).toBeUndefined()
    await world.until('another Hello', () => gateway.all('hello').length === 2, 15_000)
    expect(gateway.last('hello').uplink.message.sessionNonce).toEqual(
      first.uplink.message.sessionNonce,
    )
    gateway.welcome(first)
    await world.run(100)
    expect(terminal.state().session.open).toBeUndefined()
    gateway.welcome(gateway.last('hello'))
    await world.until('the session', () => terminal.state().session.open !== undefined)
    expect(world.terminal.state().denied.get('BAD_NONCE')).toBe(2)
    expect(gateway.said('alarm')).toBe(0)
  })

  test('says Hello again when it is asked, at most once in five seconds', async () => {
    const world = await online()
    const { gateway } = world
    await world.run(6_000)
    for (let i = 0; i < 3; i++) gateway.send({ kind: 'helloRequest', sessionNonce: undefined })
    await world.run(1_000)
    expect(gateway.all('hello').length).toBe(2)
    await world.until('the session', () => world.terminal.state().session.open !== undefined)
    await world.run(6_000)
    gateway.send({ kind: 'helloRequest', sessionNonce: new Uint8Array(16) })
    await world.run(1_000)
    expect(gateway.all('hello').length).toBe(2)
  })

  test('beats as often as its Welcome said, under its MAC', async () => {
    const world = await online()
    await world.run(61_000)
    await world.run(60_000)
    const beats = world.gateway.all('heartbeat')
    expect(beats).toHaveLength(2)
    expect(beats.every(({ isSigned }) => !isSigned)).toBe(true)
  })

  test('that cannot be had is tried again after longer and longer, and then at once less long', async () => {
    const world = makeWorld()
    const { gateway } = world
    gateway.habits.refuses = true
    await world.run(60_000)
    const failed = world.notes.filter((note) => note.what === 'link').length
    // 1, 2, 4, 8, 16 and 32 s make five or six tries in a minute.
    expect(failed).toBeGreaterThanOrEqual(5)
    expect(failed).toBeLessThanOrEqual(8)
    gateway.habits.refuses = false
    await world.until('the session', () => world.terminal.state().session.open !== undefined)
    await world.run(25_000)
    gateway.drop()
    await world.run(1_500)
    expect(gateway.all('hello').length).toBe(2)
  })

  test('goes on above the uplink sequence that the gateway has seen', async () => {
    const world = makeWorld()
    const { gateway } = world
    gateway.habits.welcomes = false
    await world.until('a Hello', () => gateway.all('hello').length === 1)
    const hello = gateway.last('hello')
    const ahead = { ...hello, uplink: { ...hello.uplink, uplinkSeq: 1_000_000 } }
    gateway.welcome(ahead)
    await world.until('the session', () => world.terminal.state().session.open !== undefined)
    gateway.order({ payload: selfTest })
    await world.until('the result', () => gateway.said('result') === 1)
    expect(gateway.last('result').uplink.uplinkSeq).toBeGreaterThan(1_000_000)
    world.terminal.reboot(10)
    gateway.habits.welcomes = true
    await world.until('the next Hello', () => gateway.all('hello').length === 2)
    expect(gateway.last('hello').uplink.uplinkSeq).toBeGreaterThan(1_000_000)
  })
})

describe('signers', () => {
  test('of a newer list are taken: what the old ones sign is unknown from then on', async () => {
    const world = await online()
    const { gateway, signers } = world
    const next = { ...makeSigners(), root: signers.root }
    gateway.raw(signerListOf(next, 2))
    await world.run(50)
    expect(world.flash.durable().cells.signerList?.version).toBe(2)
    const old = gateway.order({ payload: selfTest })
    await world.until('the alarm', () => gateway.said('alarm') === 1)
    expect(old.hash).toEqual(gateway.last('alarm').uplink.message.offendingHash)
    expect(gateway.said('result')).toBe(0)
  })

  test('of an older list, or of another root, are not', async () => {
    const world = await online()
    const { gateway, signers } = world
    gateway.raw(signerListOf(makeSigners(), 2))
    await world.until('the alarm', () => gateway.said('alarm') === 1)
    gateway.raw(signerListOf(signers, 1))
    await world.run(50)
    expect(world.flash.durable().cells.signerList?.version).toBe(1)
    expect(gateway.said('alarm')).toBe(1)
  })
})

test('everything that is acknowledged to the gateway stands on the disk first', async () => {
  const world = await bound()
  const { gateway, flash } = world
  await sell(world, 100)
  const before = gateway.acknowledged.length
  const { command } = gateway.order({ payload: { type: 'Lock', reason: 'X' } })
  await world.until('the PUBACK', () => gateway.acknowledged.length > before)
  expect(flash.durable().areas.journal.has(toHex(command.commandId))).toBe(true)
})
