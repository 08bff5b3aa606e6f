import type { Released } from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'
import { expect, it } from 'vitest'

import { recordOfflineReleased } from '../operations/record-offline-released.js'
import type { TerminalRow } from '../records/tables.js'
import { SessionFenced } from './about-command.js'
import type { Authentic, GreetedSession, UplinkPorts } from './context.js'
import { onReleased } from './released.js'

const bytes = (fill: number, length = 16): Uint8Array => new Uint8Array(length).fill(fill)

const message: Released = {
  kind: 'released',
  readyNonce: bytes(5),
  cause: 'LEASE_OVER',
  abortSeq: 0,
}

/** As it comes from a terminal that was unbound from its menu, until its lease was over. */
const said: Authentic<Released> = {
  uplink: {
    sn: 'SN1',
    messageId: bytes(1),
    bootId: bytes(2),
    uplinkSeq: 7,
    commandId: undefined,
    downlinkHash: undefined,
    message,
  },
  body: bytes(6),
  hash: nodePrimitives.sha256(bytes(6)),
  evidence: bytes(8),
}

const bench = (answer: unknown) => {
  const submitted: { readonly name: string; readonly input: unknown }[] = []
  const signed: string[] = []
  const ports = {
    records: {
      submit: (name: string, input: unknown) => {
        submitted.push({ name, input })
        return Promise.resolve(answer)
      },
    },
    clock: { now: () => 1_000 },
    ids: { next: () => bytes(3) },
    signer: {
      envelope: (purpose: string) => {
        signed.push(purpose)
        return Promise.resolve(bytes(9))
      },
    },
  } as unknown as UplinkPorts
  const sent: Uint8Array[] = []
  const session = {
    sn: 'SN1',
    terminalId: 3,
    closed: false,
    link: { send: (envelope: Uint8Array) => void sent.push(envelope) },
    greeting: { lane: { fence: 6 } },
  } as unknown as GreetedSession
  return { say: () => onReleased(ports, session, said), submitted, signed, sent }
}

it('one without a command is kept as evidence, and has its Receipt: it is not said for ever', async () => {
  const { say, submitted, signed, sent } = bench({ ok: true })
  expect(await say()).toEqual({ ok: true })
  expect(submitted).toEqual([
    {
      name: 'record-offline-released',
      input: {
        terminalId: 3,
        fence: 6,
        readyNonce: bytes(5),
        cause: 'LEASE_OVER',
        abortSeq: 0,
        evidence: bytes(8),
        atMs: 1_000,
      },
    },
  ])
  expect(signed).toEqual(['receipt'])
  await Promise.resolve()
  expect(sent).toEqual([bytes(9)])
})

it('where the lane has a new owner there is no Receipt', async () => {
  const { say, signed } = bench({ ok: false, code: 'FENCED' })
  await expect(say()).rejects.toThrow(SessionFenced)
  expect(signed).toEqual([])
})

it('the operation keeps one line with the envelope, and moves nothing', () => {
  const { readyNonce, ...rest } = message
  const input = {
    ...{ terminalId: 3, fence: 6, evidence: bytes(8), atMs: 1_000 },
    ...{ readyNonce: readyNonce ?? bytes(0), cause: rest.cause, abortSeq: rest.abortSeq },
  }
  const terminal = { id: 3, fence: 6 } as TerminalRow
  const { writes, result } = recordOfflineReleased.decide({ terminal }, input)
  expect(result).toEqual({ ok: true })
  expect(writes).toHaveLength(1)
  expect(JSON.stringify(writes)).toContain('terminal.offline_released')
  const fenced = recordOfflineReleased.decide({ terminal }, { ...input, fence: 5 })
  expect(fenced).toEqual({ writes: [], result: { ok: false, code: 'FENCED' } })
  const nobody = recordOfflineReleased.decide({ terminal: undefined }, input)
  expect(nobody).toEqual({ writes: [], result: { ok: false, code: 'NOT_FOUND' } })
})
