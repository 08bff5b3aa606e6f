import { createHash, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, expect } from 'vitest'

import { pause, requireProgram, testWith, waitFor } from '../ground/index.js'
import { openBrokerStage, type BrokerStage } from './broker-stage.js'

const programs = ['mosquitto'] as const
let stage: BrokerStage | undefined

beforeAll(async () => {
  if (!programs.every(requireProgram)) return
  stage = await openBrokerStage()
  await stage.openNodeCalled('two')
  await stage.untilConnected()
}, 60_000)

afterAll(() => stage?.end(), 60_000)

const theStage = (): BrokerStage => {
  if (stage === undefined) throw new Error('no stage')
  return stage
}

const selfTest = async (sn: string): Promise<Uint8Array> => {
  const { commands } = theStage().services
  const ordered = await commands.order({ sn, payload: { type: 'SelfTest' }, actor: 'test' })
  if (!ordered.ok) throw new Error(ordered.code)
  return ordered.value.uuid
}

testWith(
  programs,
  'a certificate is revoked: the connection stays, and no word on it counts',
  async () => {
    const behind = theStage()
    const till = await behind.till()
    const { raw } = new X509Certificate(till.enrolled!.certificatePem)
    const fingerprint = createHash('sha256').update(raw).digest('hex')
    const { certificates, clock, presence } = behind.services
    const order = { fingerprint, reason: 'stolen', actor: 'test', nowMs: clock.now() }
    expect(await certificates.revoke(order)).toMatchObject({ ok: true })
    await waitFor(async () => (await presence.online([till.terminalId]))?.size === 0, {
      what: 'its session to end',
    })
    // As long as a visit may remember it.
    await pause(2_100)
    const uuid = await selfTest(till.sn)
    const refused = (name: string): number =>
      behind.nodeCalled(name).services.counts().refusedUplinks.get('CERTIFICATE_REVOKED') ?? 0
    // It is asked for a Hello, says it, and is not let in.
    await waitFor(() => refused('one') + refused('two') > 0, {
      what: 'its refusal',
      timeoutMs: 20_000,
    })
    expect((await behind.show(uuid)).command).toMatchObject({ state: 'queued', attempts: 0 })
  },
  60_000,
)

testWith(
  programs,
  'the records stand still for several keep-alives: no connection is lost',
  async () => {
    const behind = theStage()
    const till = await behind.till()
    const lost = (name: string): number =>
      behind.nodeCalled(name).services.counts().link.get('connections-lost') ?? 0
    const before = lost('one') + lost('two')
    let goOn = (): void => undefined
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const uuid = await selfTest(till.sn)
    let isHolding = false
    behind.ears.beforeSubmit = () => {
      isHolding = true
      return held
    }
    const second = selfTest(till.sn)
    await waitFor(() => isHolding, { what: 'the records to stand still' })
    // The links' keep-alive is 2 s; Mosquitto parts after one and a half.
    await pause(7_000)
    behind.ears.beforeSubmit = undefined
    goOn()
    for (const one of [uuid, await second]) await behind.until(one, 'done')
    expect(lost('one') + lost('two')).toBe(before)
  },
  60_000,
)
