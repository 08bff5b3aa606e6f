import { applyChanges, step, type Step } from '@tillgate/device-sim'
import { errorByNumber, toHex } from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'
import { describe, expect, test } from 'vitest'
import { freshId } from './fake-gateway.js'
import { bound, prepare, proceed, sell, unbindPayload, type Prepared, type World } from './world.js'

const leaseMs = 120_000

const abort = (
  { gateway }: World,
  commandId: Uint8Array,
  readyNonce: Uint8Array | undefined,
  seq = ++gateway.seq,
): number => {
  gateway.send({ kind: 'abort', commandId, seq, readyNonce })
  return seq
}

const isErased = ({ flash }: World): boolean =>
  flash.durable().areas.slots.get('PIK')?.state === 'ERASED'

const journalOf = ({ flash }: World, commandId: Uint8Array): string =>
  flash.durable().areas.journal.get(toHex(commandId))?.state ?? 'nothing'

const preparedWorld = async (): Promise<{ world: World; prepared: Prepared }> => {
  const world = await bound()
  await sell(world, 100)
  return { world, prepared: await prepare(world) }
}

describe('a lease', () => {
  test('that runs out kills the nonce before it says so, and the terminal sells again', async () => {
    const { world, prepared } = await preparedWorld()
    const { gateway } = world
    await world.run(leaseMs - 2_000)
    expect(gateway.said('released')).toBe(0)
    await world.until('the release', () => gateway.said('released') === 1, 5_000)
    const { message, downlinkHash } = gateway.last('released').uplink
    expect(message).toMatchObject({ cause: 'LEASE_OVER', abortSeq: 0 })
    expect(message.readyNonce).toEqual(prepared.nonce)
    expect(downlinkHash).toEqual(prepared.hash)
    expect(await sell(world, 200)).toBe('approved')

    proceed(world, prepared)
    await world.until('the release again', () => gateway.all('released').length === 2)
    await world.run(5_000)
    expect(isErased(world)).toBe(false)
    expect(gateway.last('released').uplink.message.readyNonce).toEqual(prepared.nonce)
  })

  test('that has ended by the time its Proceed is heard is refused for that nonce, late timer or not', async () => {
    const { world, prepared } = await preparedWorld()
    const { gateway, terminal } = world
    const endsMs = terminal.state().preparation?.lease?.endsMs ?? 0
    const payload = gateway.seal({
      kind: 'proceed',
      commandId: prepared.commandId,
      seq: ++gateway.seq,
      readyNonce: prepared.nonce,
      commandHash: prepared.hash,
    })
    const hearAt = (nowMs: number): Step =>
      step(
        terminal.state(),
        { kind: 'packet', payload, token: 1 },
        { primitives: nodePrimitives, nowMs, rtcMs: 0 },
      )
    expect(hearAt(endsMs - 1).state.flash.cells.erasure).toBeDefined()
    const { state, effects } = hearAt(endsMs)
    expect(state.flash.cells.erasure).toBeUndefined()
    expect(state.flash.areas.journal.get(toHex(prepared.commandId))?.state).toBe('refused')
    const refused = effects.findIndex(({ kind }) => kind === 'publish')
    expect(effects[refused]).toMatchObject({ says: 'refused' })
    // Dead in the journal, and synced, before it is said.
    expect(effects.slice(0, refused).map(({ kind }) => kind)).toContain('sync')
  })

  test('is not lengthened by saying Ready again', async () => {
    const { world, prepared } = await preparedWorld()
    const { gateway } = world
    await world.run(100_000)
    gateway.order({ payload: unbindPayload, commandId: prepared.commandId })
    await world.until('the second Ready', () => gateway.said('ready') === 2)
    expect(gateway.last('ready').uplink.message.leaseS).toBeLessThanOrEqual(20)
    await world.run(21_000)
    expect(gateway.said('released')).toBe(1)
  })
})

describe('an Abort', () => {
  test('before Ready names the command alone, and is answered with Released', async () => {
    const world = await bound()
    const { gateway } = world
    await sell(world, 100)
    const { command, hash } = gateway.order({ payload: unbindPayload })
    await world.until('the settlement', () => gateway.said('progress') > 0)
    const seq = abort(world, command.commandId, undefined)
    await world.until('the release', () => gateway.said('released') === 1)
    const { message, downlinkHash } = gateway.last('released').uplink
    expect(message).toEqual({
      kind: 'released',
      readyNonce: undefined,
      cause: 'ABORTED',
      abortSeq: seq,
    })
    expect(downlinkHash).toEqual(hash)
    expect(await sell(world, 100)).toBe('approved')
    await world.run(20_000)
    expect(gateway.said('ready')).toBe(0)
  })

  test('of a command that never came is answered, and the command then never runs', async () => {
    const world = await bound()
    const { gateway } = world
    const lost = gateway.compose({ payload: unbindPayload })
    const seq = abort(world, lost.commandId, undefined)
    await world.until('the release', () => gateway.said('released') === 1)
    const { message, downlinkHash } = gateway.last('released').uplink
    expect(message).toMatchObject({ cause: 'NEVER_SEEN', abortSeq: seq, readyNonce: undefined })
    expect(downlinkHash).toBeUndefined()
    gateway.send(lost)
    await world.until('the refusal', () => gateway.said('refused') === 1)
    expect(errorByNumber(gateway.last('refused').uplink.message.code)?.code).toBe('STALE_SEQ')
    gateway.order({ payload: unbindPayload, commandId: lost.commandId })
    await world.until('Ready', () => gateway.said('ready') === 1)
  })

  test('after Ready kills the nonce: a Proceed that was on its way erases nothing', async () => {
    const { world, prepared } = await preparedWorld()
    const { gateway } = world
    abort(world, prepared.commandId, prepared.nonce)
    proceed(world, prepared)
    await world.until('both answers', () => gateway.all('released').length === 2)
    await world.run(10_000)
    expect(isErased(world)).toBe(false)
    expect(gateway.said('proof')).toBe(0)
    expect(await sell(world, 100)).toBe('approved')
  })

  test('that loses the race against Proceed is answered with Progress, then with the Proof, never with Released', async () => {
    const { world, prepared } = await preparedWorld()
    const { gateway } = world
    proceed(world, prepared)
    abort(world, prepared.commandId, prepared.nonce)
    await world.until('the proof', () => gateway.said('proof') === 1)
    abort(world, prepared.commandId, prepared.nonce)
    await world.until('the proof again', () => gateway.all('proof').length === 2)
    expect(gateway.said('released')).toBe(0)
    expect(gateway.said('proof')).toBe(1)
  })

  test('below the running attempt is a late copy and touches nothing', async () => {
    const world = await bound()
    const { gateway } = world
    const commandId = freshId()
    const late = gateway.seq + 1
    gateway.seq += 2
    gateway.order({ payload: unbindPayload, commandId })
    await world.until('Ready', () => gateway.said('ready') === 1)
    abort(world, commandId, undefined, late)
    await world.run(1_000)
    expect(gateway.said('released')).toBe(0)
    expect(journalOf(world, commandId)).toBe('prepared')
  })

  test('said again gets the same Released, under its own number', async () => {
    const { world, prepared } = await preparedWorld()
    const { gateway } = world
    gateway.habits.receipts = false
    const first = abort(world, prepared.commandId, prepared.nonce)
    await world.until('the release', () => gateway.said('released') === 1)
    abort(world, prepared.commandId, prepared.nonce, first)
    await world.until('the release again', () => gateway.all('released').length === 2)
    expect(gateway.said('released')).toBe(1)
    const second = abort(world, prepared.commandId, prepared.nonce)
    await world.until('another release', () => gateway.said('released') === 2)
    expect(gateway.last('released').uplink.message.abortSeq).toBe(second)
  })

  test('of a refused command gets the stored refusal', async () => {
    const world = await bound()
    const { gateway } = world
    const { command } = gateway.order({ payload: unbindPayload, sessionNonce: freshId() })
    await world.until('the refusal', () => gateway.said('refused') === 1)
    abort(world, command.commandId, undefined)
    await world.until('the refusal again', () => gateway.all('refused').length === 2)
    expect(gateway.last('refused').uplink.message).toMatchObject({
      code: gateway.all('refused')[0]!.uplink.message.code,
    })
    expect(gateway.said('released')).toBe(0)
  })
})

describe('a Proceed', () => {
  test('to a terminal in which money has turned up erases nothing', async () => {
    const { world, prepared } = await preparedWorld()
    const { gateway, terminal } = world
    const payload = gateway.seal({
      kind: 'proceed',
      commandId: prepared.commandId,
      seq: ++gateway.seq,
      readyNonce: prepared.nonce,
      commandHash: prepared.hash,
    })
    const sale = { trace: 9, batchNumber: 1, amountMinor: 5, currency: '156', takenAtMs: 1 }
    const before = terminal.state()
    const flash = applyChanges(before.flash, [{ area: 'offline', id: '9', value: sale }])
    const { state } = step(
      { ...before, flash },
      { kind: 'packet', payload, token: 1 },
      { primitives: nodePrimitives, nowMs: world.time.monotonic(), rtcMs: 0 },
    )
    expect(state.flash.cells.erasure).toBeUndefined()
    const entry = state.flash.areas.journal.get(toHex(prepared.commandId))
    expect(errorByNumber(entry?.code ?? 0)?.code).toBe('BATCH_NOT_SETTLED')
  })

  test('that comes twice erases once, and gets the same proof', async () => {
    const { world, prepared } = await preparedWorld()
    const { gateway } = world
    const sealed = proceed(world, prepared)
    gateway.raw(sealed)
    await world.until('the proof', () => gateway.said('proof') === 1)
    gateway.raw(sealed)
    await world.until('the proof again', () => gateway.all('proof').length === 2)
    expect(gateway.said('proof')).toBe(1)
    expect(world.flash.durable().cells.erasureCounter).toBe(1)
  })

  test.each([
    ['a nonce that never was', { nonce: freshId() }, true],
    ['a Command that no Ready named', { hash: new Uint8Array(32).fill(7) }, false],
  ])('with %s erases nothing and is refused for its nonce', async (_, change, staysReady) => {
    const { world, prepared } = await preparedWorld()
    const { gateway } = world
    proceed(world, prepared, change)
    await world.until('the refusal', () => gateway.said('refused') === 1)
    const { message } = gateway.last('refused').uplink
    expect(errorByNumber(message.code)?.code).toBe('BAD_NONCE')
    expect(message.readyNonce).toEqual(
      ('nonce' in change ? change.nonce : undefined) ?? prepared.nonce,
    )
    expect(gateway.last('refused').isSigned).toBe(true)
    await world.run(5_000)
    expect(isErased(world)).toBe(false)
    // Refused for the live nonce, that nonce is dead first.
    expect(journalOf(world, prepared.commandId)).toBe(staysReady ? 'prepared' : 'refused')
    if (staysReady) return
    proceed(world, prepared)
    await world.run(5_000)
    expect(isErased(world)).toBe(false)
  })

  test('below a Query that overtook it is still taken: its freshness is the nonce', async () => {
    const { world, prepared } = await preparedWorld()
    const { gateway } = world
    const sealed = gateway.seal({
      kind: 'proceed',
      commandId: prepared.commandId,
      seq: ++gateway.seq,
      readyNonce: prepared.nonce,
      commandHash: prepared.hash,
    })
    gateway.send({ kind: 'query', commandId: prepared.commandId, seq: ++gateway.seq })
    await world.until('the status', () => gateway.said('status') === 1)
    gateway.raw(sealed)
    await world.until('the proof', () => gateway.said('proof') === 1)
  })

  test('of an earlier Ready erases nothing in a later one', async () => {
    const { world, prepared } = await preparedWorld()
    const { gateway } = world
    abort(world, prepared.commandId, prepared.nonce)
    await world.until('the release', () => gateway.said('released') === 1)
    gateway.order({ payload: unbindPayload, commandId: prepared.commandId })
    await world.until('the second Ready', () => gateway.said('ready') === 2)
    const second = gateway.last('ready').uplink.message.readyNonce
    expect(second).not.toEqual(prepared.nonce)
    proceed(world, prepared)
    await world.until('the refusal', () => gateway.said('refused') === 1)
    await world.run(5_000)
    expect(isErased(world)).toBe(false)
    expect(journalOf(world, prepared.commandId)).toBe('prepared')
  })

  test('under the ordinary key erases nothing', async () => {
    const { world, prepared } = await preparedWorld()
    const { gateway } = world
    const message = {
      kind: 'proceed',
      commandId: prepared.commandId,
      seq: ++gateway.seq,
      readyNonce: prepared.nonce,
      commandHash: prepared.hash,
    } as const
    gateway.raw(gateway.seal(message, { key: 'ordinary' }))
    await world.until('the alarm', () => gateway.said('alarm') === 1)
    expect(errorByNumber(gateway.last('alarm').uplink.message.code)?.code).toBe(
      'SIGNER_NOT_ALLOWED',
    )
    expect(isErased(world)).toBe(false)
  })
})
