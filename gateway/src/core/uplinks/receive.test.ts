import {
  encodeEnvelope,
  encodeUplink,
  errorByCode,
  macBody,
  parseDownlink,
  parseEnvelope,
  signBody,
  type ErrorCode,
  type UplinkMessage,
} from '@tillgate/protocol'
import { generatePrivateKey, nodePrimitives, publicKeyOf } from '@tillgate/protocol/node'
import { describe, expect, it, vi } from 'vitest'

import { newLane } from '../lanes/lane.js'
import type { LinkSession } from '../ports/link.js'
import { RecordsUnavailable } from '../ports/records.js'
import type { VerifyItem } from '../ports/signing.js'
import { SessionRegistry } from '../sessions/registry.js'
import { newSession, type Session } from '../sessions/session.js'
import { receiveUplink, type ReceivePorts } from './receive.js'
import { createTrail } from '../trail/trail.js'
import { createAlarmBudget, createHelloBudget } from './alarm-budget.js'
import { createRefusalCounts } from './refusal-counts.js'

const deviceKey = generatePrivateKey('ES256')
const otherKey = generatePrivateKey('ES256')
const bytes = (fill: number, length = 16): Uint8Array => new Uint8Array(length).fill(fill)
const macKey = bytes(7, 32)
const sessionId = bytes(8)
const nonce = bytes(9)

let uplinkSeq = 10
const bodyOf = (message: UplinkMessage, over: { sn?: string; uplinkSeq?: number } = {}) => {
  const aboutNone = ['hello', 'heartbeat', 'renewRequest', 'alarm'].includes(message.kind)
  return encodeUplink({
    sn: over.sn ?? 'SN1',
    messageId: bytes(1),
    bootId: bytes(2),
    uplinkSeq: over.uplinkSeq ?? (uplinkSeq += 1),
    commandId: aboutNone ? undefined : bytes(3),
    downlinkHash: aboutNone ? undefined : bytes(4, 32),
    message,
  })
}

const stage = { phase: 'RUNNING', done: 0, total: 0, resumed: 0 } as const
const progress: UplinkMessage = { kind: 'progress', ...stage }
const heartbeat = { kind: 'heartbeat', sessionNonce: nonce, uptimeMs: 1, batteryPercent: 101 }
const beat: UplinkMessage = { ...heartbeat, will: false } as const as UplinkMessage
const will = { ...beat, will: true } as UplinkMessage
const alarm: UplinkMessage = { kind: 'alarm', code: 57, offendingHash: undefined, detail: 'x' }
const ready = (records: number): UplinkMessage => ({
  kind: 'ready',
  readyNonce: bytes(5),
  leaseS: 120,
  areas: ['batch', 'offline', 'reversal'].map((name) => ({
    name,
    records: name === 'batch' ? records : 0,
    amountMinor: name === 'batch' ? records * 100 : 0,
    hash: undefined,
  })),
  settled: [],
  batchNumber: 1,
})

const signed = (body: Uint8Array, key = deviceKey) => signBody(nodePrimitives, key, 'device', body)
const maced = (body: Uint8Array, counter: number, id = sessionId) =>
  macBody(nodePrimitives, macKey, id, counter, body)

const dayMs = 24 * 3_600_000
const laneFields = { terminalId: 3, fence: 6, seqFirst: 1, seqLast: 256, assetEpoch: 0 }

const verifyOne = ({ key, data, signature }: VerifyItem): boolean =>
  nodePrimitives.verify(key, data, signature)

const messageIn = (payload: Uint8Array) => {
  const envelope = parseEnvelope(payload)
  const downlink = envelope.ok ? parseDownlink(envelope.value.body) : envelope
  return downlink.ok ? downlink.value.message : undefined
}

/** A session with its Hello behind it, and everything that it submits and is sent. */
const bench = (
  answer: (name: string) => unknown = () => ({ ok: true }),
  notAfterMs = 400 * dayMs,
) => {
  const submitted: { name: string; input: Record<string, unknown> }[] = []
  const sent: Uint8Array[] = []
  const link = {
    id: 1,
    sn: 'SN1',
    terminalId: 3,
    admission: {
      ...{ ok: true, sn: 'SN1', terminalId: 3, certificateId: 4 },
      spki: deviceKey.spki,
      notAfterMs,
    },
    send: (envelope: Uint8Array) => {
      sent.push(envelope)
      return 'queued'
    },
    close: vi.fn(),
  } as unknown as LinkSession
  const session: Session = newSession(link, publicKeyOf(deviceKey))
  const lane = newLane({ ...laneFields, bindingEpoch: 1 })
  session.greeting = { nonce, sessionId, macKey, lane }
  const signing: { held: Promise<void> | undefined } = { held: undefined }
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }
  const clock = { now: () => 1_000, monotonic: () => 0 }
  const [nudgeLane, nudgeCases] = [vi.fn(), vi.fn()]
  const ports: ReceivePorts = {
    records: {
      submit: (name: string, input: Record<string, unknown>) => {
        submitted.push({ name, input })
        return Promise.resolve().then(() => answer(name))
      },
      read: () => Promise.resolve(undefined),
    } as unknown as ReceivePorts['records'],
    coordination: { own: vi.fn(), disown: vi.fn() },
    sessions: new SessionRegistry(),
    signer: {
      envelope: async (_, body) => {
        await signing.held
        return encodeEnvelope({ body, auth: undefined })
      },
    },
    digest: nodePrimitives,
    verifier: {
      importKey: () => undefined,
      verify: (items) => Promise.resolve(items.map(verifyOne)),
    },
    renewals: { renew: () => Promise.reject(new Error('not asked here')) },
    entropy: { bytes: (length) => bytes(1, length) },
    ids: { next: () => bytes(11) },
    ...{ log, clock, trail: createTrail({ log, clock }) },
    ...{ alarmBudget: createAlarmBudget(clock), helloBudget: createHelloBudget(clock) },
    refusals: createRefusalCounts(),
    welcome: { heartbeatS: 60, signerList: () => ({ version: 1, envelope: bytes(0) }) },
    ...{ nudgeLane, nudgeCases, nudgeHost: vi.fn() },
  }
  const say = (payload: Uint8Array, channel: 'up' | 'state' = 'up') =>
    receiveUplink(ports, session, channel, payload)
  return { say, session, submitted, sent, signing, nudgeLane, nudgeCases, refusals: ports.refusals }
}

const altered = (envelope: Uint8Array): Uint8Array => {
  const parsed = parseEnvelope(envelope)
  if (!parsed.ok) throw new Error('no envelope')
  return encodeEnvelope({ ...parsed.value, body: bodyOf(alarm) })
}

const underTheKeyIdOf = (envelope: Uint8Array): Uint8Array => {
  const genuine = parseEnvelope(signed(bodyOf(alarm)))
  const parsed = parseEnvelope(envelope)
  if (!parsed.ok || !genuine.ok) throw new Error('no envelope')
  const { auth } = parsed.value
  if (auth?.kind !== 'signature' || genuine.value.auth?.kind !== 'signature') throw new Error()
  return encodeEnvelope({
    body: parsed.value.body,
    auth: { ...auth, kid: genuine.value.auth.kid },
  })
}

const badTag = (envelope: Uint8Array): Uint8Array => {
  const parsed = parseEnvelope(envelope)
  if (!parsed.ok || parsed.value.auth?.kind !== 'mac') throw new Error('no MAC')
  return encodeEnvelope({ ...parsed.value, auth: { ...parsed.value.auth, tag: bytes(0, 32) } })
}

interface Case {
  readonly name: string
  readonly code: ErrorCode
  readonly payload: Uint8Array
  readonly channel?: 'up' | 'state'
}

describe('what is not authentic', () => {
  const none = (message: UplinkMessage) =>
    encodeEnvelope({ body: bodyOf(message), auth: undefined })
  const cases: readonly Case[] = [
    { name: 'noise', code: 'MALFORMED', payload: bytes(255, 40) },
    {
      name: 'of another serial number',
      code: 'WRONG_TARGET',
      payload: signed(bodyOf(alarm, { sn: 'SN2' })),
    },
    { name: 'without authentication', code: 'NOT_SIGNED', payload: none(progress) },
    {
      name: 'signed by another key',
      code: 'UNKNOWN_SIGNER',
      payload: signed(bodyOf(alarm), otherKey),
    },
    {
      name: 'signed by another key under this one’s id',
      code: 'BAD_SIGNATURE',
      payload: underTheKeyIdOf(signed(bodyOf(alarm), otherKey)),
    },
    {
      name: 'altered after it was signed',
      code: 'BAD_SIGNATURE',
      payload: altered(signed(bodyOf(alarm))),
    },
    {
      name: 'signed for another purpose',
      code: 'BAD_SIGNATURE',
      payload: signBody(nodePrimitives, deviceKey, 'ordinary', bodyOf(alarm)),
    },
    { name: 'evidence under a MAC', code: 'NOT_SIGNED', payload: maced(bodyOf(ready(0)), 1) },
    {
      name: 'a will under a MAC',
      code: 'NOT_SIGNED',
      payload: maced(bodyOf(will), 1),
      channel: 'state',
    },
    {
      name: 'under another session',
      code: 'UNKNOWN_SESSION',
      payload: maced(bodyOf(progress), 1, bytes(99)),
    },
    { name: 'under a wrong MAC', code: 'BAD_MAC', payload: badTag(maced(bodyOf(progress), 1)) },
    { name: 'a Heartbeat on up', code: 'TOPIC_FORBIDDEN', payload: maced(bodyOf(beat), 1) },
    {
      name: 'a command’s answer on state',
      code: 'TOPIC_FORBIDDEN',
      payload: maced(bodyOf(progress), 1),
      channel: 'state',
    },
    {
      name: 'a Ready that is not settled',
      code: 'BATCH_NOT_SETTLED',
      payload: signed(bodyOf(ready(2))),
    },
  ]

  it.each(cases)('$name is $code, and changes nothing', async ({ code, payload, channel }) => {
    const { say, session, submitted, sent } = bench()
    expect(await say(payload, channel)).toEqual({ ok: false, code })
    const wantsAlarm = errorByCode(code).alarm || code === 'BATCH_NOT_SETTLED'
    expect(submitted.map(({ name, input }) => [name, input['code']])).toEqual(
      wantsAlarm ? [['raise-alarm', code]] : [],
    )
    expect(sent).toEqual([])
    expect(session.newestUplinkSeq).toBe(0)
  })

  it('a MAC’s counter that was used is STALE_COUNTER, and a bad MAC uses none up', async () => {
    const { say, submitted } = bench((name) =>
      name === 'raise-alarm' ? { ok: true } : { ok: false, code: 'NOT_FOUND' },
    )
    await say(badTag(maced(bodyOf(beat), 50)), 'state')
    expect(await say(maced(bodyOf(beat), 2), 'state')).toEqual({ ok: true })
    for (const counter of [2, 1]) {
      const again = await say(maced(bodyOf(beat), counter), 'state')
      expect(again).toEqual({ ok: false, code: 'STALE_COUNTER' })
    }
    expect(submitted.every(({ name }) => name === 'raise-alarm')).toBe(true)
  })

  it('is all that comes before the Hello', async () => {
    const { say, session, submitted } = bench()
    session.greeting = undefined
    for (const payload of [signed(bodyOf(alarm)), maced(bodyOf(progress), 1)])
      expect(await say(payload)).toEqual({ ok: false, code: 'UNKNOWN_SESSION' })
    expect(submitted).toEqual([])
  })
})

describe('what is authentic', () => {
  const standing = {
    commandId: 1,
    terminalId: 3,
    type: 64,
    destructive: 1,
    bindingEpoch: 1,
    state: 'running',
    phase: 'ready',
    open: 1,
  }

  it.each([1, 0])('is submitted under its session’s fence; an end wakes the case', async (open) => {
    const moved = { ok: true, moved: true, standing: { ...standing, open } }
    const { say, submitted, nudgeCases } = bench(() => moved)
    expect(await say(signed(bodyOf(ready(0))))).toEqual({ ok: true })
    expect(submitted).toMatchObject([{ name: 'record-ready', input: { terminalId: 3, fence: 6 } }])
    expect(nudgeCases).toHaveBeenCalledTimes(1 - open)
  })

  it('gets its Receipt, named by message and hash, also where it was no news', async () => {
    for (const moved of [true, false]) {
      const { say, sent } = bench(() => ({ ok: true, moved, standing }))
      const body = bodyOf(ready(0))
      await say(signed(body))
      await vi.waitFor(() => {
        expect(sent).toHaveLength(1)
      })
      const hash = nodePrimitives.sha256(body)
      expect(sent.map(messageIn)).toMatchObject([{ kind: 'receipt', hash }])
    }
  })

  it.each([
    [() => Promise.reject(new RecordsUnavailable('disk full'))],
    [() => ({ ok: false, code: 'FENCED' })],
  ])('is not answered, and gets no Receipt, where it is not durable', async (answer) => {
    const { say, sent } = bench(answer)
    await expect(say(signed(bodyOf(ready(0))))).rejects.toThrow()
    expect(sent).toEqual([])
  })

  it('and refused by the records gets an alarm and no Receipt', async () => {
    const { say, submitted, sent, refusals } = bench((name) =>
      name === 'raise-alarm' ? { ok: true } : { ok: false, code: 'ILLEGAL_STATE' },
    )
    expect(await say(signed(bodyOf(ready(0))))).toEqual({ ok: false, code: 'CONFLICTING_ANSWER' })
    expect(submitted.map(({ name }) => name)).toEqual(['record-ready', 'raise-alarm'])
    expect([...refusals.snapshot()]).toEqual([['CONFLICTING_ANSWER', 1]])
    expect(sent).toEqual([])
  })

  it('and no newer than the last is heard, and not written', async () => {
    const { say, submitted } = bench(() => ({ ok: true, moved: false, standing }))
    await say(maced(bodyOf(progress, { uplinkSeq: 90 }), 1))
    expect(await say(maced(bodyOf(progress, { uplinkSeq: 90 }), 2))).toEqual({ ok: true })
    expect(submitted).toHaveLength(1)
  })
})

describe('a Hello', () => {
  const hello = (): Uint8Array =>
    signed(
      bodyOf({
        kind: 'hello',
        sessionNonce: nonce,
        firmware: '1',
        capabilities: ['Unbind'],
        assetEpoch: 0,
        bindingEpoch: 1,
        lastSeq: 0,
        keySlots: [],
        keyShare: nodePrimitives.agreementKey(bytes(3, 32)).keyShare,
        signerListVersion: 1,
        model: 'M',
        locked: false,
      }),
    )
  const opened = {
    ok: true,
    fence: 12,
    seqFirst: 257,
    seqLast: 512,
    assetEpoch: 0,
    bindingEpoch: 1,
    lastUplinkSeq: 0,
    alarms: [],
  }

  it.each([
    [400, ['welcome']],
    [29, ['welcome', 'renewCertificate']],
  ])('with %d days left to its certificate is answered with %j', async (days, kinds) => {
    const { say, sent } = bench(() => opened, days * dayMs)
    await say(hello())
    expect(sent.map((payload) => messageIn(payload)?.kind)).toEqual(kinds)
  })

  it('opens the lane only when its Welcome has left', async () => {
    const { say, session, sent, signing, nudgeLane } = bench(() => opened)
    let sign: (() => void) | undefined
    signing.held = new Promise((resolve) => (sign = resolve))
    const answered = say(hello())
    await vi.waitFor(() => {
      expect(session.greeting?.lane.fence).toBe(12)
    })
    expect({ working: session.greeting?.lane.working, nudged: nudgeLane.mock.calls }).toEqual({
      working: true,
      nudged: [],
    })
    sign?.()
    expect(await answered).toEqual({ ok: true })
    expect(sent).toHaveLength(1)
    expect(session.greeting?.lane.working).toBe(false)
    expect(nudgeLane).toHaveBeenCalledWith(3)
  })

  it('keeps what comes behind it until the session stands', async () => {
    const { say, session, submitted } = bench((name) =>
      name === 'open-session' ? opened : { ok: true },
    )
    session.greeting = undefined
    const greeted = say(hello())
    await vi.waitFor(() => {
      expect(session.greetingUnderWay).toBeDefined()
    })
    const behind = say(signed(bodyOf(alarm)))
    expect(await Promise.all([greeted, behind])).toEqual([{ ok: true }, { ok: true }])
    expect(submitted.map(({ name }) => name)).toEqual(['open-session', 'raise-alarm'])
  })
})
