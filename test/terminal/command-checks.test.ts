import { errorByNumber, type ErrorCode, type UplinkMessage } from '@tillgate/protocol'
import { describe, expect, test } from 'vitest'
import { freshId, type CommandParts } from './fake-gateway.js'
import {
  bind,
  bindPayload,
  bound,
  merchant,
  online,
  prepare,
  proceed,
  sell,
  unbindPayload,
  type World,
} from './world.js'

const selfTest: CommandParts['payload'] = { type: 'SelfTest' }
const lock: CommandParts['payload'] = { type: 'Lock', reason: 'RISK_CONTROL' }

const nameOf = (message: UplinkMessage): string =>
  'code' in message ? (errorByNumber(message.code)?.code ?? '00') : message.kind

/** The code that this command is refused with, and whether the refusal was signed. */
const refusal = async (
  world: World,
  parts: CommandParts,
): Promise<{ code: string; isSigned: boolean }> => {
  const { gateway } = world
  const before = gateway.heard.length
  const { hash } = gateway.order(parts)
  const answers = (): typeof gateway.heard =>
    gateway.heard
      .slice(before)
      .filter(({ uplink }) =>
        ['refused', 'result', 'alarm', 'accepted'].includes(uplink.message.kind),
      )
  await world.until('an answer', () => answers().length > 0)
  const [first] = answers()
  const { message } = first!.uplink
  if (message.kind === 'refused') expect(first!.uplink.downlinkHash).toEqual(hash)
  return { code: `${message.kind} ${nameOf(message)}`, isSigned: first!.isSigned }
}

interface Situation {
  readonly is: string
  readonly world?: () => Promise<World>
  readonly parts: (world: World) => CommandParts
  readonly code: ErrorCode
  readonly isSigned?: boolean
}

const past = (world: World): Partial<CommandParts> => ({
  issuedAtMs: world.gateway.now() - 2_000,
  notAfterMs: world.gateway.now() - 1_000,
})

// In the order of the checks; each situation breaks its own check and every later one, so that the
// code also says which check comes first.
const situations: readonly Situation[] = [
  {
    is: 'a type that this firmware does not know, with everything else wrong as well',
    parts: (world) => ({
      payload: selfTest,
      type: 63,
      assetEpoch: 9,
      bindingEpoch: 9,
      seq: 1,
      ...past(world),
    }),
    code: 'UNKNOWN_COMMAND',
  },
  {
    is: 'a destructive type that it does not know, which is refused with a signature',
    parts: () => ({ payload: selfTest, type: 127 }),
    code: 'UNKNOWN_COMMAND',
    isSigned: true,
  },
  {
    is: 'a payload that breaks its rule, with every epoch and sequence wrong as well',
    parts: (world) => ({
      payload: lock,
      payloadBytes: Uint8Array.of(0x0a, 0x01, 0x07),
      assetEpoch: 9,
      seq: 1,
      ...past(world),
    }),
    code: 'MALFORMED',
  },
  {
    is: 'another asset epoch, a stale sequence, expired',
    parts: (world) => ({ payload: selfTest, assetEpoch: 2, seq: 1, ...past(world) }),
    code: 'STALE_EPOCH',
  },
  {
    is: 'a binding epoch above the stored one',
    parts: (world) => ({ payload: selfTest, bindingEpoch: 2, seq: 1, ...past(world) }),
    code: 'STALE_EPOCH',
  },
  {
    is: 'a binding epoch below the stored one',
    parts: () => ({ payload: selfTest, bindingEpoch: 0 }),
    code: 'STALE_EPOCH',
  },
  {
    is: 'a Bind that does not raise the epoch',
    parts: () => ({ payload: bindPayload, bindingEpoch: 1 }),
    code: 'STALE_EPOCH',
  },
  {
    is: 'a sequence that is stored already, and expired',
    parts: (world) => ({ payload: selfTest, seq: world.gateway.seq, ...past(world) }),
    code: 'STALE_SEQ',
  },
  {
    is: 'a not-after that has passed, for another session',
    parts: (world) => ({ payload: unbindPayload, sessionNonce: freshId(), ...past(world) }),
    code: 'EXPIRED',
    isSigned: true,
  },
  {
    is: 'an Unbind for another session',
    parts: () => ({ payload: unbindPayload, sessionNonce: freshId() }),
    code: 'BAD_NONCE',
    isSigned: true,
  },
  {
    is: 'an Unbind without a session nonce',
    parts: () => ({ payload: unbindPayload, sessionNonce: undefined }),
    code: 'BAD_NONCE',
    isSigned: true,
  },
  {
    is: 'an Unbind that names another merchant',
    parts: () => ({ payload: { ...unbindPayload, mid: '1' } as CommandParts['payload'] }),
    code: 'NOT_BOUND',
    isSigned: true,
  },
  {
    is: 'an Unbind of a terminal that is not bound',
    world: online,
    parts: () => ({ payload: unbindPayload }),
    code: 'NOT_BOUND',
    isSigned: true,
  },
  {
    is: 'a Bind that keeps the keys of another merchant',
    parts: () => ({
      payload: { ...bindPayload, mid: '2', keepKeys: true } as CommandParts['payload'],
    }),
    code: 'KEY_POLICY',
  },
]

describe('a command is refused, and changes nothing, when it is', () => {
  test.each(situations)('$is: $code', async ({ world: make = bound, parts, code, isSigned }) => {
    const world = await make()
    const before = world.flash.durable()
    const answer = await refusal(world, parts(world))
    expect(answer).toEqual({ code: `refused ${code}`, isSigned: isSigned ?? false })
    const after = world.flash.durable()
    expect(after.cells.epochs).toEqual(before.cells.epochs)
    expect(after.cells.lock).toBeUndefined()
    expect(after.areas.params).toEqual(before.areas.params)
    expect(after.areas.slots).toEqual(before.areas.slots)
    expect(world.terminal.state().preparation).toBeUndefined()
  })
})

test('a refused command has its sequence stored, so that the same body can never run later', async () => {
  const world = await bound()
  const { gateway } = world
  const expired = gateway.compose({ payload: lock, ...past(world) })
  const sealed = gateway.send(expired)
  await world.until('the refusal', () => gateway.said('refused') === 1)
  expect(world.flash.durable().cells.sequence).toBe(expired.seq)
  // The gateway's clock goes back, so that it is not expired any more.
  gateway.clockOffsetMs = -10_000
  gateway.drop()
  await world.until('another session', () => world.terminal.state().session.open !== undefined)
  gateway.raw(sealed)
  await world.until('the second refusal', () => gateway.all('refused').length === 2)
  expect(nameOf(gateway.last('refused').uplink.message)).toBe('STALE_SEQ')
  expect(world.flash.durable().cells.lock).toBeUndefined()
})

test('without a Welcome in this boot it takes SelfTest and Lock on sequence alone, and nothing else', async () => {
  const world = await bound()
  const { gateway, flash } = world
  gateway.habits.welcomes = false
  world.terminal.reboot(10)
  await world.until('the next session', () => gateway.all('hello').length >= 2)
  const before = gateway.heard.length
  gateway.order({ payload: lock, ...past(world) })
  gateway.order({ payload: { type: 'Unlock' } })
  gateway.order({ payload: selfTest, ...past(world) })
  await world.run(500)
  expect(flash.durable().cells.lock).toEqual({ reason: 'RISK_CONTROL' })
  expect(gateway.heard.slice(before).every(({ uplink }) => uplink.message.kind === 'hello')).toBe(
    true,
  )
  gateway.habits.welcomes = true
  gateway.welcome(gateway.last('hello'))
  await world.until('the answers', () => gateway.said('result') + gateway.said('refused') >= 4)
  expect(nameOf(gateway.last('refused').uplink.message)).toBe('CLOCK_UNSURE')
})

test('time goes on with the monotonic clock, whatever the wall clock says', async () => {
  const world = await bound()
  const late = world.gateway.compose({ payload: lock, notAfterMs: world.gateway.now() + 5_000 })
  await world.run(6_000)
  world.time.setWallClock(1)
  world.gateway.send({ ...late })
  await world.until('the refusal', () => world.gateway.said('refused') === 1)
  expect(nameOf(world.gateway.last('refused').uplink.message)).toBe('EXPIRED')
})

describe('while an erasure is open', () => {
  const erasing = async (): Promise<World> => {
    const world = await bound()
    proceed(world, await prepare(world))
    await world.until('the erasure', () => world.flash.durable().cells.erasure !== undefined)
    return world
  }

  test('a Bind is refused', async () => {
    expect((await refusal(await erasing(), { payload: bindPayload })).code).toBe(
      'refused ERASURE_OPEN',
    )
  })

  test('another Unbind is refused', async () => {
    expect((await refusal(await erasing(), { payload: unbindPayload })).code).toBe(
      'refused ERASURE_OPEN',
    )
  })
})

describe('a Bind over a live binding', () => {
  test('is refused while money of the merchant lies in the terminal', async () => {
    const world = await bound()
    await sell(world, 100)
    const other = { ...bindPayload, mid: 'OTHER' } as CommandParts['payload']
    expect((await refusal(world, { payload: other })).code).toBe('refused BATCH_NOT_SETTLED')
  })

  test('leaves nothing of the merchant before, and signs on anew', async () => {
    const world = await bound()
    const { gateway, flash, host } = world
    await sell(world, 100)
    world.terminal.settle()
    await world.until('a settlement', () => flash.durable().areas.batch.size === 0)
    expect(flash.durable().areas.receipts.size).toBe(1)
    const other = { ...merchant, mid: 'OTHER', tid: 'T2' }
    await host.register(other, 'SIM-0001')
    gateway.order({ payload: { ...bindPayload, ...other } as CommandParts['payload'] })
    await world.until('the Bind', () => flash.durable().cells.epochs?.binding === 2)
    gateway.bindingEpoch++
    expect(flash.durable().areas.receipts.size).toBe(0)
    expect(flash.durable().areas.log.size).toBe(0)
    expect(await sell(world, 50)).toBe('approved')
    expect(host.ledger(other)?.batches.at(-1)?.totals.count).toBe(1)
  })

  test('that keeps the keys keeps batch and keys', async () => {
    const world = await bound()
    const { gateway, flash } = world
    await sell(world, 100)
    gateway.order({
      payload: { ...bindPayload, keepKeys: true, storeId: 'moved' } as CommandParts['payload'],
    })
    await world.until('the Bind', () => flash.durable().cells.epochs?.binding === 2)
    gateway.bindingEpoch++
    expect(flash.durable().areas.batch.size).toBe(1)
    expect(flash.durable().areas.params.get('storeId')?.text).toBe('moved')
    expect(await sell(world, 50)).toBe('approved')
  })
})

test('Lock stops sales and Unlock allows them, and each again is done again', async () => {
  const world = await bound()
  const { gateway } = world
  for (const payload of [lock, lock]) gateway.order({ payload })
  await world.until('two results', () => gateway.said('result') === 3)
  expect(await sell(world, 100)).toBe('not-possible')
  world.terminal.reboot(10)
  await world.until('a welcome', () => world.terminal.state().session.open !== undefined)
  expect(gateway.last('hello').uplink.message.locked).toBe(true)
  expect(await sell(world, 100)).toBe('not-possible')
  gateway.order({ payload: { type: 'Unlock' } })
  await world.until('the Unlock', () => world.flash.durable().cells.lock === undefined)
  expect(await sell(world, 100)).toBe('approved')
})

test('a Bind names its epoch, the hash of its payload, and the key slots', async () => {
  const world = await online()
  await world.host.register(merchant, 'SIM-0001')
  await bind(world)
  const { message } = world.gateway.last('result').uplink
  expect(message.code).toBe(0)
  expect(message.payload.length).toBeGreaterThan(30)
})
