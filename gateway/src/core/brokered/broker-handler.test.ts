import {
  encodeUplink,
  macBody,
  parseDownlink,
  parseEnvelope,
  encodeEnvelope,
  signBody,
  type UplinkMessage,
} from '@tillgate/protocol'
import { generatePrivateKey, nodePrimitives, publicKeyOf } from '@tillgate/protocol/node'
import { expect, it, vi } from 'vitest'

import type { Downlink } from '../ports/broker.js'
import { SessionRegistry } from '../sessions/registry.js'
import { createAlarmBudget, createHelloBudget } from '../uplinks/alarm-budget.js'
import { createRefusalCounts } from '../uplinks/refusal-counts.js'
import { createBrokerHandler, type BrokerHandlerPorts } from './broker-handler.js'
import { createHelloRequests } from './hello-requests.js'

const deviceKey = generatePrivateKey('ES256')
const bytes = (fill: number, length = 16): Uint8Array => new Uint8Array(length).fill(fill)
const macKey = bytes(7, 32)
const sessionId = bytes(8)
const nonce = bytes(9)
const longAgo = 1_000_000
const now = 2_000_000

const row = {
  id: 3,
  sn: 'SN1',
  state: 'IN_SERVICE',
  fence: 6,
  assetEpoch: 1,
  bindingEpoch: 1,
  sessionId,
  sessionNonce: nonce,
  sessionSinceMs: longAgo,
  sessionEndedMs: null as number | null,
  sessionKey: macKey as Uint8Array | null,
  sessionCertificateId: 4,
}

const certificate = {
  id: 4,
  terminalId: 3,
  sha256: bytes(1, 32),
  spki: publicKeyOf(deviceKey).spki,
  notBeforeMs: 0,
  notAfterMs: 2 * now,
  revoked: 0,
}

const standing = { commandId: 1, terminalId: 3, type: 1, destructive: 0, open: 1, phase: null }

const bench = (rows: Partial<typeof row> = {}, certificates: object[] = [certificate]) => {
  const terminal = { ...row, ...rows }
  const submitted: { name: string; input: { fence?: number } }[] = []
  const published: Downlink[] = []
  let answer: (name: string) => object = () => ({ ok: true, moved: true, standing })
  let monotonic = 0
  const clock = { now: () => now, monotonic: () => monotonic }
  const signer = {
    envelope: (_: string, body: Uint8Array) =>
      Promise.resolve(encodeEnvelope({ body, auth: undefined })),
  }
  const broker = {
    publish: (downlink: Downlink) => {
      published.push(downlink)
      return 'queued'
    },
  }
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn(), wants: () => true }
  const ids = { next: () => bytes(5) }
  const read = vi.fn((name: string, { sn }: { sn?: string }) => {
    if (name === 'terminal-by-sn') {
      return Promise.resolve(sn === terminal.sn ? { ...terminal } : undefined)
    }
    return Promise.resolve(name === 'certificates-of-terminal' ? certificates : undefined)
  })
  const nudgeLane = vi.fn()
  const ports = {
    records: {
      read,
      submit: (name: string, input: object) => {
        submitted.push({ name, input })
        return Promise.resolve().then(() => answer(name))
      },
    },
    coordination: { own: vi.fn(), disown: vi.fn() },
    sessions: new SessionRegistry(),
    signer,
    digest: nodePrimitives,
    verifier: {
      importKey: () => publicKeyOf(deviceKey),
      verify: (items: { key: never; data: Uint8Array; signature: Uint8Array }[]) =>
        Promise.resolve(
          items.map(({ key, data, signature }) => nodePrimitives.verify(key, data, signature)),
        ),
    },
    sessionKeys: {
      seal: (_: object, key: Uint8Array) => key,
      open: (_: object, key: Uint8Array) => key,
    },
    broker,
    clock,
    ids,
    log,
    trail: { begin: () => undefined },
    alarmBudget: createAlarmBudget(clock),
    helloBudget: createHelloBudget(clock),
    refusals: createRefusalCounts(),
    trusts: () => true,
    nudgeLane,
    nudgeHost: vi.fn(),
    helloRequests: createHelloRequests({ broker, signer, clock, ids, log } as never),
  } as unknown as BrokerHandlerPorts
  return {
    handler: createBrokerHandler(ports),
    terminal,
    submitted,
    published,
    read,
    nudgeLane,
    answerWith: (next: typeof answer) => void (answer = next),
    wait: (ms: number) => void (monotonic += ms),
    asked: async () => {
      await new Promise((resolve) => setImmediate(resolve))
      return published.flatMap(({ sn, payload }) => {
        const envelope = parseEnvelope(payload)
        const downlink = envelope.ok ? parseDownlink(envelope.value.body) : envelope
        return downlink.ok && downlink.value.message.kind === 'helloRequest' ? [sn] : []
      })
    },
  }
}

const bodyOf = (message: UplinkMessage, uplinkSeq = 10, sn = 'SN1') => {
  const aboutNone = message.kind === 'heartbeat'
  return encodeUplink({
    sn,
    messageId: bytes(1),
    bootId: bytes(2),
    uplinkSeq,
    commandId: aboutNone ? undefined : bytes(3),
    downlinkHash: aboutNone ? undefined : bytes(4, 32),
    message,
  })
}

const progress: UplinkMessage = {
  kind: 'progress',
  phase: 'RUNNING',
  done: 0,
  total: 0,
  resumed: 0,
}
const heartbeat = (will: boolean, sessionNonce = nonce): UplinkMessage => ({
  kind: 'heartbeat',
  sessionNonce,
  uptimeMs: 1,
  batteryPercent: 101,
  will,
})
const released: UplinkMessage = {
  kind: 'released',
  readyNonce: bytes(5),
  cause: 'ABORTED',
  abortSeq: 4,
}
const maced = (body: Uint8Array, counter: number, id = sessionId, key = macKey) =>
  macBody(nodePrimitives, key, id, counter, body)
const signed = (body: Uint8Array, key = deviceKey) => signBody(nodePrimitives, key, 'device', body)

it('takes what was said under a session that another node owns, in whatever order and however often', async () => {
  const { handler, submitted, nudgeLane, read } = bench()
  for (const [counter, seq] of [
    [5, 15],
    [2, 12],
    [5, 15],
  ] as const) {
    const said = maced(bodyOf(progress, seq), counter)
    expect(await handler.uplink('SN1', 'up', said)).toEqual({ ok: true })
  }
  expect(submitted.map(({ name, input }) => [name, input.fence])).toEqual([
    ['record-progress', 6],
    ['record-progress', 6],
    ['record-progress', 6],
  ])
  expect(nudgeLane).toHaveBeenCalledWith(3)
  // The row is read once for a burst.
  expect(read).toHaveBeenCalledTimes(2)
})

it('refuses what is authentic for somebody else, or for nobody', async () => {
  const { handler, submitted, asked } = bench()
  const said = maced(bodyOf(progress), 1)
  expect(await handler.uplink('SN2', 'up', said)).toMatchObject({ code: 'CERTIFICATE_UNKNOWN' })
  const foreign = maced(bodyOf(progress, 10, 'SN2'), 1)
  expect(await handler.uplink('SN1', 'up', foreign)).toMatchObject({ code: 'WRONG_TARGET' })
  const forged = maced(bodyOf(progress), 1, sessionId, bytes(1, 32))
  expect(await handler.uplink('SN1', 'up', forged)).toMatchObject({ code: 'BAD_MAC' })
  const stranger = signed(bodyOf(released), generatePrivateKey('ES256'))
  expect(await handler.uplink('SN1', 'up', stranger)).toMatchObject({ code: 'CERTIFICATE_UNKNOWN' })
  expect(await handler.uplink('SN1', 'up', bytes(255, 40))).toMatchObject({ ok: false })
  const naked = encodeEnvelope({ body: bodyOf(progress), auth: undefined })
  expect(await handler.uplink('SN1', 'up', naked)).toMatchObject({ code: 'NOT_SIGNED' })
  expect(submitted.filter(({ name }) => name !== 'raise-alarm')).toEqual([])
  expect(await asked()).toEqual([])
})

it('takes no word under a certificate that is revoked, signed or not', async () => {
  const { handler, submitted } = bench({}, [{ ...certificate, revoked: 1 }])
  const code = 'CERTIFICATE_REVOKED'
  expect(await handler.uplink('SN1', 'up', maced(bodyOf(progress), 1))).toMatchObject({ code })
  expect(await handler.uplink('SN1', 'up', signed(bodyOf(released)))).toMatchObject({ code })
  expect(submitted).toEqual([])
})

it('asks for a Hello where nobody knows the session, once in a while', async () => {
  const { handler, asked, wait } = bench()
  const unknown = maced(bodyOf(progress), 1, bytes(77))
  for (let i = 0; i < 3; i++) {
    expect(await handler.uplink('SN1', 'up', unknown)).toMatchObject({ code: 'UNKNOWN_SESSION' })
  }
  expect(await asked()).toEqual(['SN1'])
  wait(5_000)
  await handler.uplink('SN1', 'up', unknown)
  expect(await asked()).toEqual(['SN1', 'SN1'])
})

it('does not ask who has just said one: what comes late is of the session before', async () => {
  const { handler, asked } = bench({ sessionSinceMs: now - 100 })
  await handler.uplink('SN1', 'up', maced(bodyOf(progress), 1, bytes(77)))
  expect(await asked()).toEqual([])
})

it('asks who speaks though the records call its session over, and believes it', async () => {
  const { handler, submitted, asked } = bench({ sessionEndedMs: now - 100 })
  const beat = maced(bodyOf(heartbeat(false)), 1)
  expect(await handler.uplink('SN1', 'state', beat)).toEqual({ ok: true })
  expect(await handler.uplink('SN1', 'up', maced(bodyOf(progress), 2))).toEqual({ ok: true })
  expect(submitted.map(({ name }) => name)).toEqual(['record-progress'])
  expect(await asked()).toEqual(['SN1'])
})

it('ends the session of a will’s nonce and no other', async () => {
  const { handler, submitted } = bench()
  const other = signed(bodyOf(heartbeat(true, bytes(66))))
  expect(await handler.uplink('SN1', 'state', other)).toMatchObject({ code: 'UNKNOWN_SESSION' })
  expect(submitted).toEqual([])
  const will = signed(bodyOf(heartbeat(true)))
  expect(await handler.uplink('SN1', 'state', will)).toEqual({ ok: true })
  expect(submitted.map(({ name, input }) => [name, input.fence])).toEqual([['end-session', 6]])
})

it('reads the row again where the lane has changed hands, and tries once more', async () => {
  const { handler, submitted, terminal, answerWith } = bench()
  await handler.uplink('SN1', 'up', signed(bodyOf(released)))
  terminal.fence = 7
  answerWith(() =>
    submitted.at(-1)?.input.fence === 7
      ? { ok: true, moved: true, standing }
      : { ok: false, code: 'FENCED' },
  )
  expect(await handler.uplink('SN1', 'up', signed(bodyOf(released)))).toEqual({ ok: true })
  expect(submitted.map(({ input }) => input.fence)).toEqual([6, 6, 7])
})

it('leaves to the broker what the records could not take', async () => {
  const { handler, answerWith } = bench()
  answerWith(() => {
    throw new Error('the disk is full')
  })
  await expect(handler.uplink('SN1', 'up', maced(bodyOf(progress), 1))).rejects.toThrow('disk')
})
