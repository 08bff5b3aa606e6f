import { createHash, X509Certificate } from 'node:crypto'
import type { SecureVersion } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BareClient, connected, dial, makeStranger, type Stranger } from '../e2e/bare-client.js'
import { openStage, patienceMs, type Stage } from '../e2e/stage.js'
import { waitFor } from '../ground/index.js'
import {
  connectPacket,
  subscribeDown,
  type RawClient,
  type Version,
} from '../listener/raw-client.js'
import { Watch } from './impersonation-scene.js'

let stage: Stage
const lines: RawClient[] = []
let thieves = 0

beforeAll(async () => {
  stage = await openStage({ helloPatienceMs: 600_000 })
}, 60_000)

afterAll(async () => {
  for (const line of lines) line.end()
  await stage.end()
}, 60_000)

interface Loot {
  readonly owner: Stranger
  readonly ticket: Buffer
  /** The owner's Hello of its former boot, and of its last one. */
  readonly hellos: readonly Uint8Array[]
  readonly mac: Uint8Array
}

const seqOf = async (sn: string): Promise<number> =>
  (await stage.services.records.read('terminal-by-sn', { sn }))?.uplinkSeq ?? 0

const gone = (sn: string): Promise<unknown> =>
  waitFor(
    async () =>
      (await stage.services.records.read('terminal-by-sn', { sn }))?.sessionEndedMs !== null,
    { what: `the end of ${sn}’s session`, timeoutMs: patienceMs },
  )

/** A terminal that was there twice, booted in between, and lost everything but its key. */
const steal = async (sn: string, maxVersion: SecureVersion): Promise<Loot> => {
  const owner = await makeStranger(stage, sn)
  const former = await connected(stage, { ...owner, bootId: new Uint8Array(16).fill(1) })
  const old = await former.greet()
  former.end()
  await gone(sn)
  const raw = await dial(stage, owner, { maxVersion })
  let ticket: Buffer | undefined
  raw.socket.on('session', (session) => (ticket = session))
  raw.send(connectPacket(owner, 5))
  await raw.next('connack')
  await subscribeDown(raw, sn)
  const client = new BareClient(owner, raw, await seqOf(sn))
  const hello = await client.greet()
  const { nonce: sessionNonce } = client
  const beat = {
    kind: 'heartbeat',
    sessionNonce,
    uptimeMs: 1,
    batteryPercent: 5,
    will: false,
  } as const
  const mac = client.maced(client.body({ message: beat }), 900)
  if (maxVersion === 'TLSv1.2') ticket = raw.socket.getSession()
  await waitFor(() => ticket, { what: 'a ticket' })
  client.end()
  await gone(sn)
  return { owner, ticket: ticket!, hellos: [old, hello], mac }
}

/** Somebody else’s key and certificate, the owner’s ticket. */
const thiefOf = async (
  { owner, ticket }: Loot,
  maxVersion: SecureVersion,
  version: Version,
): Promise<{ raw: RawClient; client: BareClient; thief: Stranger }> => {
  const thief = await makeStranger(stage, `THIEF-${String((thieves += 1))}`)
  const raw = await dial(stage, thief, { maxVersion, version, session: ticket })
  lines.push(raw)
  expect(raw.socket.isSessionReused()).toBe(true)
  // It speaks of itself as the owner, with a key that is not the owner's.
  const client = new BareClient({ ...owner, key: thief.key }, raw, await seqOf(owner.sn))
  return { raw, client, thief }
}

const answer = async (raw: RawClient, sn: string): Promise<number> => {
  raw.send(connectPacket({ sn }, raw.version))
  const { reasonCode, returnCode } = await raw.next('connack')
  return reasonCode ?? returnCode ?? -1
}

const rowOf = (sn: string): Promise<object | undefined> =>
  stage.services.records.read('terminal-by-sn', { sn })

/** As it was under another ticket key: the key's name, its first 16 bytes, is another. */
const ofAnotherKey = (session: Buffer): Buffer => {
  // SSL_SESSION of OpenSSL: ticket [10] EXPLICIT OCTET STRING, its lengths in two or three bytes.
  const found = /aa(81..|82....)04(81..|82....)/.exec(session.toString('hex'))
  if (found === null) throw new Error('no ticket in the session')
  const changed = Buffer.from(session)
  const at = (found.index + found[0].length) / 2
  changed[at] = (changed[at] ?? 0) ^ 0xff
  return changed
}

describe.each([
  ['TLSv1.2', 5],
  ['TLSv1.2', 4],
  ['TLSv1.3', 5],
  ['TLSv1.3', 4],
] as const)('a ticket of %s without its key, MQTT version %i', (maxVersion, version) => {
  const name = `${maxVersion.slice(-1)}-${String(version)}`
  let loot: Loot

  beforeAll(async () => {
    loot = await steal(`ROBBED-${name}`, maxVersion)
  }, 60_000)

  test('opens no session: not by a Hello of its own, of the last boot or of an earlier one, nor by an old MAC', async () => {
    const { owner, hellos, mac } = loot
    const { sn } = owner
    const payload = { type: 'SelfTest', items: [] } as const
    expect(await stage.services.commands.order({ sn, payload, actor: 'e2e' })).toMatchObject({
      ok: true,
    })
    const { raw, client } = await thiefOf(loot, maxVersion, version)
    expect(await answer(raw, sn)).toBe(0)
    await subscribeDown(raw, sn)
    const before = await rowOf(sn)
    const own = client.signed(client.body({ message: client.helloOf(new Uint8Array(65).fill(4)) }))
    const attempts: readonly (readonly [string, Uint8Array, 'up' | 'state', string])[] = [
      ['a Hello under its own key', own, 'up', 'UNKNOWN_SIGNER'],
      ['the Hello of an earlier boot', hellos[0]!, 'up', 'SEQ_REGRESSION'],
      ['the last Hello', hellos[1]!, 'up', 'SEQ_REGRESSION'],
      ['a MAC of the session that was', mac, 'state', 'UNKNOWN_SESSION'],
    ]
    const watch = new Watch(stage)
    for (const [what, envelope, channel, code] of attempts) {
      await watch.begin()
      const reason = await client.publish(envelope, channel)
      if (version === 5) expect(reason, what).toBeGreaterThanOrEqual(0x80)
      expect(await watch.said(owner.terminalId), what).toBe(code)
    }
    expect(await rowOf(sn)).toEqual(before)
    // The command that waits for the owner was not shown to the thief.
    expect(raw.packets.filter(({ cmd }) => cmd === 'publish')).toEqual([])
    raw.end()
  })

  test('is no name for another terminal', async () => {
    const { raw, thief } = await thiefOf(loot, maxVersion, version)
    expect(await answer(raw, thief.sn)).toBe(version === 5 ? 0x85 : 2)
    await raw.closed()
  })

  test('from before a new ticket key proves nothing at all: its thief is only itself', async () => {
    const ticket = ofAnotherKey(loot.ticket)
    const thief = await makeStranger(stage, `THIEF-${String((thieves += 1))}`)
    for (const [sn, said] of [
      [loot.owner.sn, version === 5 ? 0x85 : 2],
      [thief.sn, 0],
    ] as const) {
      const raw = await dial(stage, thief, { maxVersion, version, session: ticket })
      lines.push(raw)
      expect(raw.socket.isSessionReused()).toBe(false)
      expect(await answer(raw, sn)).toBe(said)
    }
  })

  test('the owner comes back beside it and is served', async () => {
    const back = await connected(stage, loot.owner, version)
    await back.greet()
    await back.next('command')
    back.end()
  })

  test('does not evict its owner, nor keep it out', async () => {
    const { owner } = loot
    const standing = await connected(stage, owner, version)
    await standing.greet()
    const before = await rowOf(owner.sn)
    const thieves = [
      await thiefOf(loot, maxVersion, version),
      await thiefOf(loot, maxVersion, version),
    ]
    for (const { raw } of thieves) {
      expect(await answer(raw, owner.sn)).toBe(0)
      await subscribeDown(raw, owner.sn)
    }
    // One beside the owner, no more.
    await thieves[0]!.raw.closed()
    standing.raw.send({ cmd: 'pingreq' })
    await standing.raw.next('pingresp')
    expect(await rowOf(owner.sn)).toEqual(before)
    expect(await stage.services.presence.online([owner.terminalId])).toEqual(
      new Set([owner.terminalId]),
    )
    const payload = { type: 'SelfTest', items: [] } as const
    const order = { sn: owner.sn, payload, actor: 'e2e' }
    expect(await stage.services.commands.order(order)).toMatchObject({ ok: true })
    await standing.next('command')
    expect(thieves[1]!.raw.packets.filter(({ cmd }) => cmd === 'publish')).toEqual([])
    // The owner with its own ticket takes its own place, at its Hello.
    const raw = await dial(stage, owner, { maxVersion, version, session: loot.ticket })
    lines.push(raw)
    expect(raw.socket.isSessionReused()).toBe(true)
    expect(await answer(raw, owner.sn)).toBe(0)
    await subscribeDown(raw, owner.sn)
    const back = new BareClient(owner, raw, await seqOf(owner.sn))
    await back.greet()
    await standing.raw.closed()
    await thieves[1]!.raw.closed()
    back.end()
    await gone(owner.sn)
  })

  test('is worth nothing once the certificate is revoked', async () => {
    const { raw: certificate } = new X509Certificate(loot.owner.enrolled.certificatePem)
    const fingerprint = createHash('sha256').update(certificate).digest('hex')
    const { certificates, clock } = stage.services
    const order = { fingerprint, reason: 'stolen', actor: 'e2e', nowMs: clock.now() }
    expect(await certificates.revoke(order)).toMatchObject({ ok: true })
    const again = await dial(stage, await makeStranger(stage, `LATE-${name}`), {
      maxVersion,
      version,
      session: loot.ticket,
    })
    lines.push(again)
    expect(await answer(again, loot.owner.sn)).toBe(version === 5 ? 0x87 : 5)
    await again.closed()
  })
})
