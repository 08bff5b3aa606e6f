import { parseDownlink, parseEnvelope, encodeEnvelope } from '@tillgate/protocol'
import { generatePrivateKey, nodePrimitives, publicKeyOf } from '@tillgate/protocol/node'
import { describe, expect, it, vi } from 'vitest'

import { newLane } from '../lanes/lane.js'
import type { LinkSession } from '../ports/link.js'
import { createLinkHandler, type LinkHandlerPorts } from './link-handler.js'
import { SessionRegistry } from './registry.js'

const key = publicKeyOf(generatePrivateKey('ES256'))
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const bench = () => {
  const sessions = new SessionRegistry()
  const submitted: unknown[] = []
  const timers: { at: number; action: () => void }[] = []
  let now = 0
  let links = 0
  const ports = {
    records: {
      submit: (name: string, input: { fence: number }) => {
        submitted.push([name, input.fence])
        return Promise.resolve({ ended: true })
      },
    },
    sessions,
    coordination: { own: vi.fn(), disown: vi.fn() },
    signer: {
      envelope: (_: string, body: Uint8Array) =>
        Promise.resolve(encodeEnvelope({ body, auth: undefined })),
    },
    verifier: { importKey: (spki: Uint8Array) => (spki.length > 0 ? key : undefined) },
    digest: nodePrimitives,
    clock: { now: () => now, monotonic: () => now },
    ids: { next: () => new Uint8Array(16) },
    timers: {
      after(delayMs: number, action: () => void) {
        const timer = { at: now + delayMs, action }
        timers.push(timer)
        return { cancel: () => void timers.splice(timers.indexOf(timer), 1) }
      },
    },
    log: { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() },
    helloPatienceMs: 5_000,
    trusts: () => true,
  } as unknown as LinkHandlerPorts
  const handler = createLinkHandler(ports)
  const connect = (spki = key.spki) => {
    const sent: string[] = []
    const link = {
      id: (links += 1),
      sn: 'SN1',
      terminalId: 3,
      admission: { ok: true, sn: 'SN1', terminalId: 3, certificateId: 1, spki },
      send: (envelope: Uint8Array) => {
        const parsed = parseEnvelope(envelope)
        const body = parsed.ok ? parseDownlink(parsed.value.body) : parsed
        sent.push(body.ok ? body.value.message.kind : body.code)
        return 'queued'
      },
      close: vi.fn(),
    } as unknown as LinkSession
    handler.opened(link)
    return { link, sent }
  }
  const greet = (link: LinkSession, fence: number): void => {
    const session = sessions.ofLink(link)
    if (session === undefined) throw new Error('no session')
    const epochs = { assetEpoch: 0, bindingEpoch: 0 }
    const lane = newLane({ terminalId: 3, fence, seqFirst: 1, seqLast: 2, ...epochs })
    const some = new Uint8Array(16)
    session.greeting = { nonce: some, sessionId: some, macKey: some, lane }
  }
  const wait = async (ms: number): Promise<void> => {
    now += ms
    for (const timer of timers.filter(({ at }) => at <= now)) {
      timers.splice(timers.indexOf(timer), 1)
      timer.action()
    }
    await settled()
  }
  return { handler, connect, greet, wait, sessions, submitted, timers }
}

describe('a terminal that has subscribed and says nothing', () => {
  it('is asked for a Hello once patience is over, and again', async () => {
    const { handler, connect, wait } = bench()
    const { link, sent } = connect()
    handler.subscribed(link)
    await wait(4_999)
    expect(sent).toEqual([])
    await wait(1)
    expect(sent).toEqual(['helloRequest'])
    await wait(5_000)
    expect(sent).toEqual(['helloRequest', 'helloRequest'])
  })

  it('is not asked for ever', async () => {
    const { handler, connect, wait, timers } = bench()
    const { link, sent } = connect()
    handler.subscribed(link)
    for (let i = 0; i < 40; i += 1) await wait(5_000)
    expect(sent.length).toBeLessThan(20)
    expect(timers).toEqual([])
  })

  it('is not asked once it has said Hello, or is gone', async () => {
    const { handler, connect, greet, wait, timers } = bench()
    const greeted = connect()
    handler.subscribed(greeted.link)
    greet(greeted.link, 1)
    const gone = connect()
    handler.subscribed(gone.link)
    handler.closed(gone.link, 'peer')
    await wait(10_000)
    expect([...greeted.sent, ...gone.sent]).toEqual([])
    expect(timers).toEqual([])
  })
})

describe('the end of a connection', () => {
  it('ends the session under its own fencing number, once, and only if it was greeted', () => {
    const { handler, connect, greet, submitted, sessions } = bench()
    const silent = connect()
    handler.closed(silent.link, 'peer')
    const { link } = connect()
    greet(link, 17)
    handler.closed(link, 'peer')
    handler.closed(link, 'peer')
    expect(submitted).toEqual([['end-session', 17]])
    expect(sessions.size).toBe(0)
  })

  it('of a replaced session leaves the newer one in place', () => {
    const { handler, connect, greet, sessions } = bench()
    const older = connect()
    const newer = connect()
    greet(newer.link, 2)
    handler.closed(older.link, 'replaced')
    expect(sessions.greeted(3)?.link).toBe(newer.link)
  })
})

it('closes on a key that is of no use', () => {
  const { connect, sessions } = bench()
  const { link } = connect(new Uint8Array(0))
  expect(link.close).toHaveBeenCalledWith('not-authorized')
  expect(sessions.size).toBe(0)
})
