import { rebootsMidCommand, type Behaviour, type FlashImage } from '@tillgate/device-sim'
import { equalBytes, toHex, type Command } from '@tillgate/protocol'
import { describe, expect, test } from 'vitest'
import { bound, merchant, proceed, sell, sn, unbindPayload, type World } from './world.js'

const stepsMax = 60

interface Watch {
  /** Nonces (or what stood in their place) under which a key was gone without a Proceed. */
  readonly erasedWithout: string[]
  readonly proceeded: Set<string>
  look(durable: FlashImage): void
}

/** Looks at what is durable: an erasure without its Proceed would show there. */
const makeWatch = (): Watch => {
  const erasedWithout: string[] = []
  const proceeded = new Set<string>()
  return {
    erasedWithout,
    proceeded,
    look: ({ areas, cells }) => {
      if (areas.slots.get('PIK')?.state !== 'ERASED') return
      const entry = [...areas.journal.values()].find(
        ({ state }) => state === 'done' || state === 'erasing',
      )
      const nonce = cells.erasure?.readyNonce ?? entry?.readyNonce
      const name = nonce === undefined ? 'no erasure in the journal' : toHex(nonce)
      if (!proceeded.has(name)) erasedWithout.push(name)
    },
  }
}

/** A gateway that keeps to the rules: Proceed to a Ready of the present attempt, a new attempt after
 * Released or a reissuable Refused, until there is a proof. */
const driveToProof = async (world: World, watch: Watch): Promise<number> => {
  const { gateway } = world
  const first = gateway.order({ payload: unbindPayload })
  const { commandId } = first.command
  let hash = first.hash
  let attempts = 1
  let answered = new Set<string>()
  const again = (): void => {
    const command: Command = gateway.compose({ payload: unbindPayload, commandId })
    hash = gateway.sent(gateway.send(command))
    attempts++
  }
  let nonceOfSession: Uint8Array | undefined = gateway.session?.nonce
  await world.until(
    'a proof',
    () => {
      for (const { uplink } of gateway.all('ready')) {
        const { readyNonce } = uplink.message
        const isMine = uplink.downlinkHash !== undefined && equalBytes(uplink.downlinkHash, hash)
        if (!isMine || answered.has(toHex(readyNonce))) continue
        answered = new Set([...answered, toHex(readyNonce)])
        watch.proceeded.add(toHex(readyNonce))
        proceed(world, { commandId, hash, nonce: readyNonce })
      }
      for (const { uplink } of gateway.all('released')) {
        const key = toHex(uplink.messageId)
        if (answered.has(key) || gateway.session?.nonce.length !== 16) continue
        answered = new Set([...answered, key])
        again()
        nonceOfSession = gateway.session.nonce
      }
      // Nothing was heard of it, and the session is another: a new body under a new sequence.
      const { session } = gateway
      const isOther =
        session?.id !== undefined &&
        nonceOfSession !== undefined &&
        !equalBytes(session.nonce, nonceOfSession)
      if (isOther && gateway.all('released').length + gateway.all('ready').length === 0) {
        nonceOfSession = session.nonce
        again()
      }
      return gateway.said('proof') > 0
    },
    600_000,
  )
  return attempts
}

const isReached = ({ notes }: World): boolean =>
  notes.some((note) => note.what === 'power' && note.is === 'off')

const checkEnd = (world: World, watch: Watch): void => {
  const { gateway, flash } = world
  expect(watch.erasedWithout).toEqual([])
  expect(gateway.said('proof')).toBe(1)
  const proof = gateway.last('proof').uplink.message
  expect(proof.counter).toBe(1)
  expect(
    proof.slots.map(({ before, after }) => [before.purpose, before.state, after.state]),
  ).toEqual(['PIK', 'MAK', 'TDK'].map((purpose) => [purpose, 'ACTIVE', 'ERASED']))
  expect(proof.areas.map(({ name, recordsBefore }) => [name, recordsBefore > 0])).toEqual([
    ['batch', false],
    ['offline', false],
    ['reversal', false],
    ['slip', false],
    ['params', true],
    ['receipts', true],
    ['log', true],
    ['crash_dump', false],
    ['cache', false],
  ])
  expect(proof.areas.every(({ recordsAfter }) => recordsAfter === 0)).toBe(true)
  // Never both for one nonce: what is proved was not released.
  for (const { uplink } of gateway.all('released')) {
    const { readyNonce } = uplink.message
    expect(readyNonce === undefined || !equalBytes(readyNonce, proof.readyNonce)).toBe(true)
  }
  const { cells, areas } = flash.durable()
  expect(cells.erasure).toBeUndefined()
  expect(cells.binding).toBeUndefined()
  expect(areas.params.size + areas.receipts.size + areas.batch.size).toBe(0)
  const batches = world.host.ledger(merchant)?.batches ?? []
  expect(batches.every(({ settlement }) => settlement !== undefined)).toBe(true)
  expect(world.host.totals().sales).toEqual({ count: 2, amountMinor: 900 })
}

/** Nothing until it is armed: binding and selling are not what is cut here. */
const armable = (behaviour: Behaviour): { readonly behaviour: Behaviour; arm: () => void } => {
  let isArmed = false
  return {
    arm: () => {
      isArmed = true
    },
    behaviour: {
      name: 'armable',
      effects: (effects, look) =>
        isArmed ? (behaviour.effects?.(effects, look) ?? effects) : effects,
    },
  }
}

describe.each(['before', 'after'] as const)('power is lost %s a journal step', (edge) => {
  test('of every step of an unbind, and it still ends in one proof of the same content', async () => {
    let reached = 0
    for (let atStep = 1; atStep <= stepsMax; atStep++) {
      const { behaviour, arm } = armable(rebootsMidCommand({ atStep, edge, offMs: 500 }))
      const watch = makeWatch()
      const world = await bound({ behaviours: [behaviour] })
      await sell(world, 500)
      await sell(world, 400)
      arm()
      await driveToProof(world, watch)
      if (!isReached(world)) break
      reached++
      checkEnd(world, watch)
    }
    expect(reached).toBeGreaterThan(12)
    expect(reached).toBeLessThan(stepsMax)
  })
})

test('a terminal that loses power twice while erasing counts both in its proof', async () => {
  const world = await bound()
  await sell(world, 100)
  const watch = makeWatch()
  const driving = driveToProof(world, watch)
  const isErasing = (): boolean => world.flash.durable().cells.erasure !== undefined
  await world.until('the erasure', isErasing)
  world.terminal.reboot(100)
  await world.until('the boot', () => world.terminal.state().boot !== undefined)
  world.terminal.reboot(100)
  await driving
  expect(world.gateway.last('proof').uplink.message.resumed).toBe(2)
  expect(world.gateway.said('proof')).toBe(1)
})

test('what is erased stays erased, and the proof is told in the next boot when it could not be before', async () => {
  const world = await bound()
  await sell(world, 100)
  const { gateway } = world
  gateway.habits.loses = new Set(['proof'])
  const watch = makeWatch()
  const driving = driveToProof(world, watch)
  await world.until('the end of the erasure', () =>
    [...world.flash.durable().areas.evidence.values()].some(({ kind }) => kind === 'proof'),
  )
  world.terminal.reboot(100)
  gateway.habits.loses = new Set()
  await driving
  expect(gateway.last('proof').uplink.sn).toBe(sn)
  expect(gateway.last('proof').uplink.message.resumed).toBe(0)
})

test('a sale whose answer was on its way when the power went is taken back, not lost and not doubled', async () => {
  const world = await bound()
  world.hostLine = 'deaf'
  void world.terminal.sale(1_000)
  await world.until('the question', () => world.asked.includes('sale'))
  world.terminal.powerLoss()
  expect(world.host.totals().sales.count).toBe(1)
  world.hostLine = 'good'
  world.terminal.boot()
  await world.until('the reversal', () => world.flash.durable().areas.reversal.size === 0)
  expect(world.host.totals()).toMatchObject({ reversed: 1, sales: { count: 0 } })
  expect(await sell(world, 1_000)).toBe('approved')
})

test('an approved sale that was not yet durable is not in the batch, and not at the host either', async () => {
  // The power goes between the host's yes and the sync that would keep it.
  const cutsApproval: Behaviour = {
    name: 'cuts-approval',
    effects: (effects) => {
      const isApproval = effects.some(
        (effect) =>
          effect.kind === 'write' &&
          effect.changes.some((change) => 'area' in change && change.area === 'batch'),
      )
      if (!isApproval) return effects
      const at = effects.findIndex(({ kind }) => kind === 'sync')
      return [...effects.slice(0, at), { kind: 'reboot', offMs: 50 }]
    },
  }
  const world = await bound({ behaviours: [cutsApproval] })
  const { flash } = world
  expect(await sell(world, 300)).toBe('power-loss')
  expect(world.host.totals().sales.count).toBe(1)
  expect(flash.durable().areas.reversal.size).toBe(1)
  await world.until('the reversal', () => flash.durable().areas.reversal.size === 0)
  expect(flash.durable().areas.batch.size).toBe(0)
  expect(world.host.totals().sales.count).toBe(0)
})
