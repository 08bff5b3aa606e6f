import { createPrng } from '@tillgate/device-sim'
import {
  encodeDownlink,
  encodeEnvelope,
  errorByNumber,
  parseEnvelope,
  signBodies,
  wireLimits,
  type DownlinkMessage,
} from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'
import { describe, expect, test } from 'vitest'
import { freshId, type CommandParts } from './fake-gateway.js'
import { makeSigners } from './signers.js'
import { bound, online, prepare, sell, sn, unbindPayload, type World } from './world.js'

const lock: CommandParts['payload'] = { type: 'Lock', reason: 'RISK_CONTROL' }

/** What must not move, whatever arrives. */
const fixed = ({ flash }: World): unknown => {
  const { cells, areas } = flash.durable()
  const { uplinkReserved, orderCounter, ...rest } = cells
  void uplinkReserved
  void orderCounter
  return { rest, ...areas, evidence: undefined }
}

const alarms = ({ gateway }: World): readonly string[] =>
  gateway.all('alarm').map(({ uplink }) => errorByNumber(uplink.message.code)?.code ?? '?')

interface Attack {
  readonly is: string
  readonly make: (world: World) => Uint8Array
  readonly alarm: string
}

const lockFor = ({ gateway }: World): DownlinkMessage => gateway.compose({ payload: lock })

const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = new Uint8Array(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

const authOf = (payload: Uint8Array) => {
  const envelope = parseEnvelope(payload)
  if (!envelope.ok || envelope.value.auth?.kind !== 'signature') throw new Error('no signature')
  return { body: envelope.value.body, auth: envelope.value.auth }
}

const attacks: readonly Attack[] = [
  {
    is: 'for another terminal, well signed',
    make: (world) => world.gateway.seal(lockFor(world), { sn: 'SIM-0002' }),
    alarm: 'WRONG_TARGET',
  },
  {
    is: 'signed by a key that nobody listed',
    make: (world) => {
      const { gateway } = world
      const body = encodeDownlink({ sn, messageId: freshId(), message: lockFor(world) })
      const key = makeSigners().ordinary
      void gateway
      return signBodies(nodePrimitives, key, 'ordinary', [body])[0]!
    },
    alarm: 'UNKNOWN_SIGNER',
  },
  {
    is: 'a destructive command under the ordinary key',
    make: ({ gateway }) =>
      gateway.seal(gateway.compose({ payload: unbindPayload }), { key: 'ordinary' }),
    alarm: 'SIGNER_NOT_ALLOWED',
  },
  {
    is: 'a Welcome under the receipt key',
    make: ({ gateway }) =>
      gateway.seal({ kind: 'helloRequest', sessionNonce: undefined }, { key: 'receipt' }),
    alarm: 'SIGNER_NOT_ALLOWED',
  },
  {
    is: 'with a signature of one flipped bit',
    make: (world) => {
      const { body, auth } = authOf(world.gateway.seal(lockFor(world)))
      return encodeEnvelope({ body, auth: { ...auth, signature: flipped(auth.signature, 40) } })
    },
    alarm: 'BAD_SIGNATURE',
  },
  {
    is: 'with a true signature over another body',
    make: (world) => {
      const { auth } = authOf(world.gateway.seal(lockFor(world)))
      const body = encodeDownlink({ sn, messageId: freshId(), message: lockFor(world) })
      return encodeEnvelope({ body, auth })
    },
    alarm: 'BAD_SIGNATURE',
  },
  {
    is: 'without a signature',
    make: (world) => {
      const { body } = authOf(world.gateway.seal(lockFor(world)))
      return encodeEnvelope({ body, auth: undefined })
    },
    alarm: 'BAD_SIGNATURE',
  },
  {
    is: 'with a proof of a tree that it is not in',
    make: (world) => {
      const { body, auth } = authOf(world.gateway.seal(lockFor(world)))
      return encodeEnvelope({ body, auth: { ...auth, treeSize: 2, path: new Uint8Array(32) } })
    },
    alarm: 'BAD_SIGNATURE',
  },
  {
    is: 'no protobuf at all',
    make: () => new Uint8Array(100).fill(0xff),
    alarm: 'MALFORMED',
  },
  {
    is: 'larger than an envelope may be',
    make: () => new Uint8Array(wireLimits.envelopeBytesMax + 1),
    alarm: 'TOO_LARGE',
  },
  {
    is: 'of a version to come',
    make: (world) => {
      const { body } = authOf(world.gateway.seal(lockFor(world)))
      // Field 1, varint: the version.
      const newer = new Uint8Array(body)
      expect([newer[0], newer[1]]).toEqual([0x08, 0x01])
      newer[1] = 2
      return encodeEnvelope({ body: newer, auth: undefined })
    },
    alarm: 'UNSUPPORTED_VERSION',
  },
]

describe('a packet that is', () => {
  test.each(attacks)('$is raises $alarm and changes nothing', async ({ make, alarm }) => {
    const world = await bound()
    await sell(world, 100)
    await world.run(100)
    const before = fixed(world)
    const refused = world.gateway.said('refused')
    world.gateway.raw(make(world))
    await world.until('the alarm', () => world.gateway.said('alarm') === 1)
    await world.run(100)
    expect(alarms(world)).toEqual([alarm])
    expect(world.gateway.last('alarm').isSigned).toBe(true)
    // Anybody could otherwise make a terminal refuse somebody's command.
    expect(world.gateway.said('refused')).toBe(refused)
    expect(fixed(world)).toEqual(before)
    expect(await sell(world, 100)).toBe('approved')
  })
})

test('a flood of forgeries costs one alarm a minute per code, and a bounded flash', async () => {
  const world = await online()
  const { gateway, flash } = world
  gateway.habits.receipts = false
  for (let i = 0; i < 200; i++) gateway.raw(new Uint8Array([1, 2, i]))
  await world.run(1_000)
  expect(alarms(world)).toEqual(['MALFORMED'])
  await world.run(60_000)
  gateway.raw(new Uint8Array([9]))
  await world.run(100)
  expect(gateway.last('alarm').uplink.message.detail).toContain('201 times')
  for (let i = 0; i < 40; i++) {
    await world.run(61_000)
    gateway.raw(new Uint8Array([9]))
  }
  expect(flash.durable().areas.evidence.size).toBeLessThanOrEqual(16)
})

test('mutated packets of every kind are survived, and nothing is erased, locked or bound', async () => {
  const seed = 'mutations-1'
  const prng = createPrng(seed)
  const world = await bound()
  const { gateway } = world
  const prepared = await prepare(world)
  const seeds = [
    gateway.seal(lockFor(world)),
    gateway.seal({
      kind: 'proceed',
      commandId: prepared.commandId,
      seq: ++gateway.seq,
      readyNonce: prepared.nonce,
      commandHash: prepared.hash,
    }),
    gateway.seal({
      kind: 'abort',
      commandId: prepared.commandId,
      seq: ++gateway.seq,
      readyNonce: undefined,
    }),
    gateway.seal({ kind: 'query', commandId: prepared.commandId, seq: ++gateway.seq }),
  ]
  const before = fixed(world)
  for (let i = 0; i < 2_000; i++) {
    const bytes = new Uint8Array(prng.pick(seeds))
    const flips = prng.between(1, 4)
    for (let n = 0; n < flips; n++) bytes[prng.between(0, bytes.length - 1)] = prng.between(0, 255)
    const isSame = seeds.some((one) => one.every((byte, at) => bytes[at] === byte))
    const cut = prng.chance(0.2) ? bytes.slice(0, prng.between(0, bytes.length - 1)) : bytes
    if (!isSame) world.terminal.input({ kind: 'packet', payload: cut, token: 0 })
  }
  expect(fixed(world), `seed ${seed}`).toEqual(before)
  gateway.raw(seeds[1]!)
  await world.until('the proof', () => gateway.said('proof') === 1)
})

test('duplicates and old packets in any order give one effect', async () => {
  const seed = 'reorder-1'
  const prng = createPrng(seed)
  for (let round = 0; round < 10; round++) {
    const world = await bound()
    const { gateway, flash } = world
    await sell(world, 100)
    const prepared = await prepare(world)
    const packets = [
      gateway.seal({
        kind: 'proceed',
        commandId: prepared.commandId,
        seq: ++gateway.seq,
        readyNonce: prepared.nonce,
        commandHash: prepared.hash,
      }),
      gateway.seal({
        kind: 'abort',
        commandId: prepared.commandId,
        seq: ++gateway.seq,
        readyNonce: prepared.nonce,
      }),
      gateway.seal({ kind: 'query', commandId: prepared.commandId, seq: ++gateway.seq }),
      gateway.seal(gateway.compose({ payload: { type: 'SelfTest' } })),
    ]
    for (let i = 0; i < 30; i++) {
      gateway.raw(prng.pick(packets))
      await world.run(prng.between(0, 30))
    }
    await world.run(10_000)
    const isErased = flash.durable().areas.slots.get('PIK')?.state === 'ERASED'
    const wasReleased = gateway
      .all('released')
      .some(({ uplink }) => uplink.message.readyNonce !== undefined)
    expect(isErased, `seed ${seed}, round ${String(round)}`).toBe(!wasReleased)
    expect(gateway.said('proof')).toBe(isErased ? 1 : 0)
  }
})
