import type { Hello } from '@tillgate/protocol'
import { generatePrivateKey, nodePrimitives, publicKeyOf } from '@tillgate/protocol/node'
import { expect, it, vi } from 'vitest'

import type { LinkSession } from '../ports/link.js'
import { SessionRegistry } from '../sessions/registry.js'
import { newSession, type Session } from '../sessions/session.js'
import type { Authentic, UplinkPorts } from './context.js'
import { onHello } from './hello.js'

const deviceKey = publicKeyOf(generatePrivateKey('ES256'))
const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(7)

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

const connected = (sessions: SessionRegistry, id: number): Session => {
  const admission = { certificateId: 1 }
  const link = { id, sn: 'SN1', terminalId: 3, admission, send: vi.fn(), close: vi.fn() }
  const session = newSession(link as unknown as LinkSession, deviceKey)
  sessions.add(session)
  return session
}

it('of an older session that is made durable late takes no lane from the newer one', async () => {
  const sessions = new SessionRegistry()
  const older = connected(sessions, 1)
  const newer = connected(sessions, 2)
  const submitted: string[] = []
  const ports = {
    sessions,
    digest: nodePrimitives,
    entropy: { bytes },
    ids: { next: () => bytes(16) },
    clock: { now: () => 1, monotonic: () => 1 },
    helloBudget: { take: () => true },
    alarmBudget: { isSpent: () => false },
    records: {
      submit: (name: string) => {
        submitted.push(name)
        return Promise.resolve(opened)
      },
    },
  } as unknown as UplinkPorts
  const { keyShare } = nodePrimitives.agreementKey(bytes(32))
  const message = { kind: 'hello', sessionNonce: bytes(16), keyShare, keySlots: [] }
  const uplink = { message, bootId: bytes(16), uplinkSeq: 1 }
  const said = { uplink, body: bytes(1), hash: bytes(32), evidence: bytes(1) }
  expect(await onHello(ports, older, said as unknown as Authentic<Hello>)).toEqual({ ok: true })
  expect(submitted).toEqual(['open-session', 'end-session'])
  expect(older.greeting).toBeUndefined()
  expect(older.link.send).not.toHaveBeenCalled()
  expect(sessions.ofTerminal(3)).toBe(newer)
  // Its fence is behind by now: with a Hello of its own it takes the lane again.
  expect(newer.link.close).toHaveBeenCalledWith('replaced')
})
