import { expect, test } from 'vitest'
import { waitFor } from '../ground/index.js'
import type { Admission } from '../../gateway/src/core/ports/link.js'
import { openHarness } from './harness.js'
import { connectPacket, rawClient, rawSocket } from './raw-client.js'

test.each([4, 5] as const)(
  'the old one is closed before the new one opens, %i',
  async (version) => {
    const harness = await openHarness()
    const { handler, listener, sn } = harness
    const will = { topic: `tg/1/${sn}/state`, payload: Buffer.from('old is gone') }
    const old = await rawClient(harness, version, { will: { ...will, qos: 0, retain: false } })
    const oldSession = handler.sessions.get(sn)!
    const fresh = await rawClient(harness, version)
    if (version === 5) {
      expect(await old.next('disconnect')).toMatchObject({ reasonCode: 0x8e })
    }
    await old.closed()
    expect(handler.events).toEqual([
      `opened ${sn}`,
      'state old is gone',
      `closed ${sn} replaced`,
      `opened ${sn}`,
    ])
    expect(listener.sessionOf(sn)!.id).toBeGreaterThan(oldSession.id)
    expect(oldSession.send(Buffer.from('x'))).toBe('closed')
    fresh.send({ cmd: 'pingreq' })
    await fresh.next('pingresp')
  },
)

test('newest is who said CONNECT last, however long the records took over the other', async () => {
  const harness = await openHarness()
  const { handler, listener, sn } = harness
  const answers: (() => void)[] = []
  handler.admission = (request) =>
    new Promise<Admission>((resolve) => {
      answers.push(() => resolve(handler.byRecords(request)))
    })
  const early = await rawSocket(harness, { version: 5 })
  early.send(connectPacket(harness, 5))
  await waitFor(() => answers.length === 1, { what: 'the first CONNECT' })
  const late = await rawSocket(harness, { version: 5 })
  late.send(connectPacket(harness, 5))
  await waitFor(() => answers.length === 2, { what: 'the second CONNECT' })
  answers[1]!()
  await late.next('connack')
  answers[0]!()
  expect(await early.next('connack')).toMatchObject({ reasonCode: 0x88 })
  expect(handler.events).toEqual([`opened ${sn}`])
  expect(listener.sessionCount).toBe(1)
})
