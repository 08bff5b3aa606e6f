import { encodeEnvelope, errorByCode, kidOf, parseEnvelope, uuidToText } from '@tillgate/protocol'
import type { ErrorCode, SignatureAuth } from '@tillgate/protocol'
import { generatePrivateKey, nodePrimitives } from '@tillgate/protocol/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { EventRow } from '@tillgate/gateway'
import { connected, makeStranger, type BareClient, type Stranger } from './bare-client.js'
import { waitFor } from '../ground/index.js'
import { openStage, patienceMs, type Stage } from './stage.js'
import type { Till } from './till.js'

let stage: Stage
let victim: Till
let victimsCommand: Uint8Array
let stranger: Stranger
let ownCommand: Uint8Array
let standing: BareClient
const clients: BareClient[] = []

beforeAll(async () => {
  stage = await openStage({ timing: { resendMs: 60_000, resendMsMax: 60_000, askMs: 60_000 } })
  victim = await stage.till()
  // Stands still in the middle of its unbind: there is something to spoil.
  victim.line.losesDown = ({ kind }) => kind === 'command'
  victimsCommand = await victim.unbind()
  await stage.until(victimsCommand, 'published')
}, 60_000)

afterAll(async () => {
  for (const client of clients) client.end()
  await stage.end()
}, 60_000)

const events = (): Promise<readonly EventRow[]> =>
  stage.services.records.read('events', { afterId: 0, limit: 500 })

/** Everything that a message could change: terminals, commands, proofs, and the events but alarms. */
const world = async () => {
  const { records } = stage.services
  const page = { afterId: 0, limit: 100 }
  const [terminals, commands, all] = await Promise.all([
    records.read('terminals', page),
    records.read('commands', page),
    events(),
  ])
  return { terminals, commands, events: all.filter(({ kind }) => !kind.startsWith('alarm.')) }
}

interface Attack {
  readonly name: string
  readonly code: ErrorCode
  readonly channel?: 'up' | 'state'
  readonly payload: (client: BareClient) => Uint8Array
}

const nothing = { kind: 'accepted' } as const
const hash = new Uint8Array(32).fill(7)
const aboutOwn = () => ({ message: nothing, commandId: ownCommand, downlinkHash: hash })
const alarm = { kind: 'alarm', code: 1, detail: 'hostile', offendingHash: undefined } as const
const statusOf = (commandId: Uint8Array) =>
  ({
    message: {
      kind: 'status',
      querySeq: 1_000_000,
      state: 'NOT_SEEN',
      readyNonce: undefined,
      code: 0,
      payload: new Uint8Array(0),
    },
    commandId,
  }) as const

const resigned = (envelope: Uint8Array, change: Partial<SignatureAuth>): Uint8Array => {
  const parsed = parseEnvelope(envelope)
  if (!parsed.ok || parsed.value.auth?.kind !== 'signature') throw new Error('no signature')
  const { body, auth } = parsed.value
  return encodeEnvelope({ body, auth: { ...auth, ...change } })
}

const spoiltMac = (envelope: Uint8Array): Uint8Array => {
  const parsed = parseEnvelope(envelope)
  if (!parsed.ok || parsed.value.auth?.kind !== 'mac') throw new Error('no MAC')
  const { body, auth } = parsed.value
  return encodeEnvelope({ body, auth: { ...auth, tag: auth.tag.map((byte) => byte ^ 1) } })
}

const attacks: readonly Attack[] = [
  { name: 'bytes that are nothing', code: 'MALFORMED', payload: () => Uint8Array.of(0xff, 1, 2) },
  {
    name: 'no authentication at all',
    code: 'NOT_SIGNED',
    payload: (c) => encodeEnvelope({ body: c.body(aboutOwn()), auth: undefined }),
  },
  {
    name: 'a signature by another key under the terminal’s name for its own',
    code: 'BAD_SIGNATURE',
    payload: (c) =>
      resigned(c.signed(c.body({ message: alarm }), generatePrivateKey('ES256')), {
        kid: kidOf(nodePrimitives, c.stranger.key.spki),
      }),
  },
  {
    name: 'a signature over another body',
    code: 'BAD_SIGNATURE',
    payload: (c) => {
      const other = parseEnvelope(c.signed(c.body({ message: alarm })))
      const auth = other.ok ? other.value.auth : undefined
      return encodeEnvelope({ body: c.body(statusOf(ownCommand)), auth })
    },
  },
  {
    name: 'a signature by a key that nobody knows',
    code: 'UNKNOWN_SIGNER',
    payload: (c) => c.signed(c.body({ message: alarm }), generatePrivateKey('ES256')),
  },
  {
    name: 'another terminal’s serial number, under its own key',
    code: 'WRONG_TARGET',
    payload: (c) => c.signed(c.body({ ...statusOf(victimsCommand), sn: victim.sn })),
  },
  {
    name: 'another terminal’s own Hello, caught and said again',
    code: 'WRONG_TARGET',
    payload: () => victim.line.envelopes.find(({ says }) => says === 'hello')!.payload,
  },
  {
    name: 'evidence under a MAC',
    code: 'NOT_SIGNED',
    payload: (c) => c.maced(c.body({ message: alarm })),
  },
  {
    name: 'a wrong MAC',
    code: 'BAD_MAC',
    payload: (c) => spoiltMac(c.maced(c.body(aboutOwn()))),
  },
  {
    name: 'a signed Status about another terminal’s command',
    code: 'FOREIGN_COMMAND',
    payload: (c) => c.signed(c.body(statusOf(victimsCommand))),
  },
  {
    name: 'Accepted about another terminal’s command, under a good MAC',
    code: 'FOREIGN_COMMAND',
    payload: (c) => c.maced(c.body({ ...aboutOwn(), commandId: victimsCommand })),
  },
  {
    name: 'a Refused that would end another terminal’s unbind',
    code: 'FOREIGN_COMMAND',
    payload: (c) =>
      c.signed(
        c.body({
          message: { kind: 'refused', code: 1, detail: '', readyNonce: undefined },
          commandId: victimsCommand,
          downlinkHash: hash,
        }),
      ),
  },
  {
    name: 'a message about a command that nobody ordered',
    code: 'FOREIGN_COMMAND',
    payload: (c) => c.signed(c.body(statusOf(new Uint8Array(16).fill(9)))),
  },
  {
    name: 'an uplink on the topic of heartbeats',
    code: 'TOPIC_FORBIDDEN',
    channel: 'state',
    payload: (c) => c.maced(c.body(aboutOwn())),
  },
]

/** A terminal that is harmless so far, with a command of its own that it has not answered. */
const enterStranger = async (sn: string): Promise<void> => {
  stranger = await makeStranger(stage, sn)
  const payload = { type: 'SelfTest', items: [] } as const
  const ordered = await stage.services.commands.order({ sn, payload, actor: 'e2e' })
  if (!ordered.ok) throw new Error(ordered.code)
  ownCommand = ordered.value.uuid
}

const open = async (version: 4 | 5): Promise<BareClient> => {
  const client = await connected(stage, stranger, version)
  clients.push(client)
  return client
}

/** Gone, and known to be gone: its last line is in the events. */
const leave = async (client: BareClient): Promise<void> => {
  client.end()
  await waitFor(
    async () => {
      const { sn } = stranger
      const terminal = await stage.services.records.read('terminal-by-sn', { sn })
      return terminal?.sessionEndedMs !== null
    },
    { what: 'the end of a session', timeoutMs: patienceMs },
  )
}

/** Says it; it must be refused with this code, and leave the world as it was but for its alarm. */
const assertRefused = async (
  client: BareClient,
  code: ErrorCode,
  payload: Uint8Array,
  channel: 'up' | 'state' = 'up',
): Promise<void> => {
  const before = await world()
  const known = (await events()).length
  const reason = await client.publish(payload, channel)
  if (client.raw.version === 5) expect(reason).toBeGreaterThanOrEqual(0x80)
  // Durable before the PUBACK: it is there already.
  const since = (await events()).slice(known)
  const raised = since.filter(({ kind }) => kind === `alarm.${code}`)
  expect(raised).toHaveLength(errorByCode(code).alarm ? 1 : 0)
  for (const { terminalId, evidence } of raised) {
    expect(terminalId).toBe(stranger.terminalId)
    if (evidence !== null) expect(evidence).toEqual(payload)
  }
  expect(since.length).toBe(raised.length)
  expect(await world()).toEqual(before)
}

describe.each([5, 4] as const)('over MQTT version %d', (version) => {
  beforeAll(async () => {
    await enterStranger(`HOSTILE-${String(version)}`)
    standing = await open(version)
    await standing.greet()
    await standing.next('command')
  }, 60_000)

  it.each(attacks)('refuses $name: $code', async ({ code, payload, channel }) => {
    await assertRefused(standing, code, payload(standing), channel)
    // The session stands: what is right is heard.
    expect(await standing.publish(standing.maced(standing.body(aboutOwn())))).toBe(0)
  })

  it('refuses a MAC whose counter has not risen: STALE_COUNTER', async () => {
    const client = await open(version)
    await client.greet()
    await client.next('command')
    const first = client.maced(client.body(aboutOwn()), 5)
    expect(await client.publish(first)).toBe(0)
    await assertRefused(client, 'STALE_COUNTER', first)
    await assertRefused(client, 'STALE_COUNTER', client.maced(client.body(aboutOwn()), 5))
    await assertRefused(client, 'STALE_COUNTER', client.maced(client.body(aboutOwn()), 4))
    expect(await client.publish(client.maced(client.body(aboutOwn()), 6))).toBe(0)
  })

  it('hears nothing before a Hello, nor under the MAC of an ended session: UNKNOWN_SESSION', async () => {
    const former = await open(version)
    await former.greet()
    await former.next('command')
    const old = former.maced(former.body(aboutOwn()), 9)
    await leave(former)
    const client = await open(version)
    await assertRefused(client, 'UNKNOWN_SESSION', client.signed(client.body({ message: alarm })))
    await assertRefused(client, 'UNKNOWN_SESSION', old)
    await client.greet()
    await client.next('command')
    await assertRefused(client, 'UNKNOWN_SESSION', old)
  })

  it('refuses a Hello that was said before: SEQ_REGRESSION', async () => {
    const former = await open(version)
    const caught = await former.greet()
    await former.next('command')
    await leave(former)
    const client = await open(version)
    await assertRefused(client, 'SEQ_REGRESSION', caught)
    await client.greet()
    await client.next('command')
    await assertRefused(client, 'SEQ_REGRESSION', caught)
    expect(await client.publish(client.maced(client.body(aboutOwn())))).toBe(0)
  })
})

it('has left the other terminal’s unbind alone', async () => {
  const { command } = await stage.show(victimsCommand)
  expect(command).toMatchObject({ state: 'published', phase: null, attempts: 1 })
  expect(uuidToText(command.uuid)).toBe(uuidToText(victimsCommand))
})
