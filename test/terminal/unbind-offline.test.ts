// An unbind without a network, the terminal's end: what it shows, what it takes, what it refuses. The
// host is reached, the gateway never; a test carries the papers (protocol §9a).
import type { Note, Observation } from '@tillgate/device-sim'
import {
  encodeOfflineAnswer,
  errorByNumber,
  framesOf,
  joinFrames,
  parseEnvelope,
  parseUplink,
  toHex,
  verifySignature,
  type Command,
  type OfflineReady,
  type Uplink,
} from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'
import { describe, expect, test } from 'vitest'
import { freshId, type CommandParts } from './fake-gateway.js'
import { bound, sell, unbindPayload, type World } from './world.js'

type Paper = Extract<Note, { what: 'frames' }>

const isPaper = (note: Observation): note is Paper => note.what === 'frames'

const papers = ({ notes }: World, of: Paper['of']): readonly Paper[] =>
  notes.filter(isPaper).filter((paper) => paper.of === of)

/** What a person reads off the display, checked as a gateway would. */
const read = ({ gateway }: World, { frames }: Paper): Uplink & { readonly hash: Uint8Array } => {
  const bytes = joinFrames([...frames].reverse())
  if (!bytes.ok) throw new Error(bytes.rule)
  const envelope = parseEnvelope(bytes.value)
  if (!envelope.ok || envelope.value.auth?.kind !== 'signature') throw new Error('not signed')
  const { body, auth } = envelope.value
  expect(verifySignature(nodePrimitives, gateway.identity, 'device', body, auth)).toBe(true)
  const uplink = parseUplink(body)
  if (!uplink.ok) throw new Error(uplink.rule)
  return { ...uplink.value, hash: nodePrimitives.sha256(body) }
}

const lastPaper = (world: World, of: Paper['of']) => {
  const [last] = papers(world, of).slice(-1)
  if (last === undefined) throw new Error(`no paper: ${of}`)
  return read(world, last)
}

const offNetwork = async (): Promise<World> => {
  const world = await bound()
  world.gateway.habits.refuses = true
  world.gateway.drop()
  await world.run(10)
  return world
}

const readied = async (): Promise<{ world: World; nonce: Uint8Array }> => {
  const world = await offNetwork()
  world.terminal.unbindOffline()
  await world.until('the paper', () => papers(world, 'offlineReady').length === 1)
  const { nonce } = lastPaper(world, 'offlineReady').message as OfflineReady
  return { world, nonce }
}

interface Change {
  readonly command?: Partial<CommandParts>
  readonly nonce?: Uint8Array
  readonly proceedFor?: Uint8Array
  readonly commandHash?: Uint8Array
  readonly sn?: string
  readonly key?: 'ordinary'
}

const answer = ({ gateway }: World, nonce: Uint8Array, change: Change = {}) => {
  const command: Command = gateway.compose({
    payload: unbindPayload,
    sessionNonce: change.nonce ?? nonce,
    ...change.command,
  })
  const sealed = gateway.seal(command, {
    ...(change.sn === undefined ? {} : { sn: change.sn }),
    ...(change.key === undefined ? {} : { key: change.key }),
  })
  const hash = gateway.sent(sealed)
  const proceed = gateway.seal({
    kind: 'proceed',
    commandId: change.proceedFor ?? command.commandId,
    seq: ++gateway.seq,
    readyNonce: nonce,
    commandHash: change.commandHash ?? hash,
  })
  const frames = framesOf(encodeOfflineAnswer({ command: sealed, proceed }))
  return { frames, hash, commandId: command.commandId }
}

const isErased = ({ flash }: World): boolean =>
  flash.durable().areas.slots.get('PIK')?.state === 'ERASED'

const reasons = ({ notes }: World): readonly string[] =>
  notes.flatMap((note) => (note.what === 'offline' ? [`${note.is} ${note.reason}`.trim()] : []))

const refusalOf = (world: World): string | undefined => {
  const { message } = lastPaper(world, 'refused')
  return message.kind === 'refused' ? errorByNumber(message.code)?.code : undefined
}

describe('from the menu', () => {
  test('settles, shows OfflineReady, takes the answer, erases, shows its Proof, and keeps it until the Receipt', async () => {
    const world = await bound()
    await sell(world, 1200)
    const { gateway, terminal, flash } = world
    gateway.habits.refuses = true
    gateway.drop()
    await world.run(10)
    terminal.unbindOffline()
    await world.until('the paper', () => papers(world, 'offlineReady').length === 1)
    const ready = lastPaper(world, 'offlineReady')
    const message = ready.message as OfflineReady
    expect(ready.commandId).toBeUndefined()
    expect(message).toMatchObject({ leaseS: 1_800, bindingEpoch: 1, assetEpoch: 1 })
    expect(message.lastSeq).toBe(flash.durable().cells.sequence)
    expect(message.settled).toContainEqual(
      expect.objectContaining({ name: 'batch', records: 1, amountMinor: 1200 }),
    )
    expect(flash.durable().cells.offlineNonce).toEqual(message.nonce)
    expect((await terminal.sale(100)).outcome).toBe('not-possible')

    const { frames, hash } = answer(world, message.nonce)
    terminal.readAnswer([...frames].reverse().map((line) => ` ${line.toLowerCase()} `))
    await world.until('the proof', () => papers(world, 'proof').length === 1)
    expect(isErased(world)).toBe(true)
    const proof = lastPaper(world, 'proof')
    expect(proof.downlinkHash).toEqual(hash)
    expect(proof.message).toMatchObject({ readyNonce: message.nonce, partial: false })
    expect(flash.durable().cells.offlineNonce).toBeUndefined()

    gateway.habits.refuses = false
    await world.until('the proof over the line', () => gateway.said('proof') === 1, 300_000)
    await world.run(100)
    const [kept] = [...flash.durable().areas.evidence.values()].filter(
      ({ kind }) => kind === 'proof',
    )
    expect(kept?.receipted).toBe(true)
  })

  test('is not for a terminal with a line, nor for one without a merchant', async () => {
    const world = await bound()
    world.terminal.unbindOffline()
    await world.run(10)
    expect(reasons(world)).toEqual(['not-possible ONLINE'])
    const { world: other, nonce } = await readied()
    other.terminal.unbindOffline()
    other.terminal.readAnswer(answer(other, nonce).frames)
    await other.until('the proof', () => papers(other, 'proof').length === 1)
    other.terminal.unbindOffline()
    await other.run(10)
    expect(reasons(other).slice(-2)).toEqual(['not-possible UNBINDING', 'not-possible NOT_BOUND'])
  })

  test('with money that cannot be settled shows nothing, says why, and sells again', async () => {
    const world = await bound()
    await sell(world, 300)
    world.gateway.habits.refuses = true
    world.gateway.drop()
    await world.run(10)
    world.hostLine = 'cut'
    world.terminal.unbindOffline()
    world.time.advance(599_000)
    await world.run(10)
    expect(reasons(world)).toEqual(['preparing'])
    world.time.advance(1_000)
    await world.run(10)
    expect(reasons(world).slice(-1)).toEqual(['given-up BATCH_NOT_SETTLED HOST_UNREACHABLE'])
    expect(papers(world, 'offlineReady')).toEqual([])
    expect(world.flash.durable().areas.batch.size).toBe(1)
    world.hostLine = 'good'
    expect(await sell(world, 100)).toBe('approved')
  })

  test('is given up from the menu, before and after the paper', async () => {
    const world = await offNetwork()
    world.terminal.unbindOffline()
    world.terminal.cancelOffline()
    await world.run(10)
    expect(papers(world, 'released')).toEqual([])
    world.terminal.unbindOffline()
    await world.until('the paper', () => papers(world, 'offlineReady').length === 1)
    const { nonce } = lastPaper(world, 'offlineReady').message as OfflineReady
    world.terminal.cancelOffline()
    await world.run(10)
    const released = lastPaper(world, 'released')
    expect(released.commandId).toBeUndefined()
    expect(released.message).toMatchObject({ readyNonce: nonce, cause: 'ABORTED', abortSeq: 0 })
    expect(await sell(world, 100)).toBe('approved')
  })
})

describe('the lease', () => {
  test('over: the nonce is dead, a Released is shown, the answer does nothing any more', async () => {
    const { world, nonce } = await readied()
    const { frames } = answer(world, nonce)
    world.time.advance(1_799_000)
    await world.run(10)
    expect(papers(world, 'released')).toEqual([])
    world.time.advance(1_000)
    await world.run(10)
    expect(lastPaper(world, 'released').message).toMatchObject({
      readyNonce: nonce,
      cause: 'LEASE_OVER',
    })
    world.terminal.readAnswer(frames)
    await world.run(1_000)
    expect(reasons(world).slice(-1)).toEqual(['not-an-answer for another nonce'])
    expect(isErased(world)).toBe(false)
    expect(await sell(world, 100)).toBe('approved')
  })

  test('does not outlive a reboot, and no nonce is given twice', async () => {
    const { world, nonce } = await readied()
    world.terminal.powerLoss()
    world.terminal.boot()
    await world.run(10)
    const { message } = lastPaper(world, 'released')
    expect(message).toMatchObject({ readyNonce: nonce, cause: 'REBOOTED' })
    world.terminal.readAnswer(answer(world, nonce).frames)
    world.terminal.unbindOffline()
    await world.until('another paper', () => papers(world, 'offlineReady').length === 2)
    expect(isErased(world)).toBe(false)
    const again = lastPaper(world, 'offlineReady').message as OfflineReady
    expect(toHex(again.nonce)).not.toBe(toHex(nonce))
  })

  test('a power loss in the erasure resumes it, and the proof is shown then', async () => {
    const { world, nonce } = await readied()
    world.terminal.readAnswer(answer(world, nonce).frames)
    await world.until('the erasure', () => world.flash.durable().cells.erasure !== undefined)
    world.terminal.powerLoss()
    world.terminal.boot()
    await world.until('the proof', () => papers(world, 'proof').length === 1)
    expect(lastPaper(world, 'proof').message).toMatchObject({ readyNonce: nonce, resumed: 1 })
  })
})

describe('an answer that changes nothing', () => {
  test.each<[string, (world: World, nonce: Uint8Array) => readonly string[], string]>([
    [
      'that lacks a frame',
      (world, nonce) => answer(world, nonce).frames.slice(1),
      'must be whole: number 1 of 2 is missing',
    ],
    ['for another nonce', (w, n) => answer(w, n, { nonce: freshId() }).frames, 'for another nonce'],
    ['to another terminal', (w, n) => answer(w, n, { sn: 'SIM-0002' }).frames, 'WRONG_TARGET'],
    ['by another key', (w, n) => answer(w, n, { key: 'ordinary' }).frames, 'SIGNER_NOT_ALLOWED'],
    [
      'that is no Unbind',
      (w, n) => answer(w, n, { command: { payload: { type: 'Lock', reason: 'x' } } }).frames,
      'its first half is no Unbind',
    ],
  ])('%s', async (_, make, reason) => {
    const { world, nonce } = await readied()
    world.terminal.readAnswer(make(world, nonce))
    await world.run(2_000)
    expect(reasons(world).slice(-1)).toEqual([`not-an-answer ${reason}`])
    expect(papers(world, 'refused')).toEqual([])
    expect(world.flash.durable().cells.offlineNonce).toEqual(nonce)
    world.terminal.readAnswer(answer(world, nonce).frames)
    await world.until('the proof', () => papers(world, 'proof').length === 1)
  })
})

describe('an authentic answer for the live nonce that fails kills it and shows a Refused', () => {
  test.each<[string, Change, string]>([
    ['an older epoch', { command: { bindingEpoch: 0 } }, 'STALE_EPOCH'],
    ['an older sequence', { command: { seq: 1 } }, 'STALE_SEQ'],
    [
      'over, by the clock of this boot',
      { command: { issuedAtMs: 1_000, notAfterMs: 2_000 } },
      'EXPIRED',
    ],
    [
      'another merchant',
      { command: { payload: { ...unbindPayload, tid: 'T0000009' } as CommandParts['payload'] } },
      'NOT_BOUND',
    ],
    ['a Proceed of another command', { proceedFor: freshId() }, 'BAD_NONCE'],
    ['a Proceed over another body', { commandHash: new Uint8Array(32) }, 'BAD_NONCE'],
  ])('%s', async (_, change, code) => {
    const { world, nonce } = await readied()
    const { frames, hash, commandId } = answer(world, nonce, change)
    world.terminal.readAnswer(frames)
    await world.until('the refusal', () => papers(world, 'refused').length === 1)
    expect(refusalOf(world)).toBe(code)
    const refused = lastPaper(world, 'refused')
    expect(refused).toMatchObject({ commandId, downlinkHash: hash })
    expect(refused.message).toMatchObject({ readyNonce: nonce })
    expect(world.flash.durable().cells.offlineNonce).toBeUndefined()
    expect(world.terminal.state().preparation).toBeUndefined()
    world.terminal.readAnswer(answer(world, nonce).frames)
    await world.run(2_000)
    expect(isErased(world)).toBe(false)
    expect(await sell(world, 100)).toBe('approved')
  })

  test('a terminal that has not had a Welcome in this boot goes by nonce and lease', async () => {
    const world = await offNetwork()
    world.terminal.powerLoss()
    world.terminal.boot()
    await world.run(10)
    world.terminal.unbindOffline()
    await world.until('the paper', () => papers(world, 'offlineReady').length === 1)
    expect(world.terminal.state().clock).toBeUndefined()
    const { nonce } = lastPaper(world, 'offlineReady').message as OfflineReady
    world.terminal.readAnswer(
      answer(world, nonce, { command: { issuedAtMs: 1_000, notAfterMs: 2_000 } }).frames,
    )
    await world.until('the proof', () => papers(world, 'proof').length === 1)
  })
})

describe('back on the line before the answer', () => {
  const back = async (): Promise<{ world: World; nonce: Uint8Array }> => {
    const { world, nonce } = await readied()
    world.gateway.habits.refuses = false
    const { terminal } = world
    await world.until('a session', () => terminal.state().session.open !== undefined, 300_000)
    return { world, nonce }
  }

  test('an Abort that names the nonce releases it, with its sequence', async () => {
    const { world, nonce } = await back()
    const { gateway } = world
    const seq = ++gateway.seq
    gateway.send({ kind: 'abort', commandId: freshId(), seq, readyNonce: nonce })
    await world.until('Released', () => gateway.said('released') === 1)
    const { message, commandId } = gateway.last('released').uplink
    expect(message).toMatchObject({ readyNonce: nonce, cause: 'ABORTED', abortSeq: seq })
    expect(commandId).toBeUndefined()
    world.terminal.readAnswer(answer(world, nonce).frames)
    await world.run(2_000)
    expect(isErased(world)).toBe(false)
  })

  test('a Proceed whose Command never came kills the nonce and is refused', async () => {
    const { world, nonce } = await back()
    const { gateway } = world
    const commandId = freshId()
    gateway.send({
      kind: 'proceed',
      commandId,
      seq: ++gateway.seq,
      readyNonce: nonce,
      commandHash: new Uint8Array(32),
    })
    await world.until('Refused', () => gateway.said('refused') === 1)
    const { message } = gateway.last('refused').uplink
    expect(message).toMatchObject({ readyNonce: nonce })
    expect(errorByNumber(message.code)?.code).toBe('BAD_NONCE')
    world.terminal.readAnswer(answer(world, nonce).frames)
    await world.run(2_000)
    expect(isErased(world)).toBe(false)
    expect(await sell(world, 100)).toBe('approved')
  })

  test('the answer still counts, and its proof goes both ways', async () => {
    const { world, nonce } = await back()
    world.terminal.readAnswer(answer(world, nonce).frames)
    await world.until('the proof', () => world.gateway.said('proof') === 1)
    expect(papers(world, 'proof')).toHaveLength(1)
  })
})
