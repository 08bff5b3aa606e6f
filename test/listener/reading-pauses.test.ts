import { generate } from 'mqtt-packet'
import { expect, test } from 'vitest'
import { ground, settled, sn } from './dead-wire.js'
import { connectOf } from './mutations.js'

const publish = generate({
  cmd: 'publish',
  topic: `tg/1/${sn}/up`,
  qos: 1,
  messageId: 1,
  dup: false,
  retain: false,
  payload: Buffer.alloc(8_000),
})

test('while the handler is asked who it is', async () => {
  const { open } = ground()
  const wire = open()
  wire.feed(generate(connectOf(sn, 5)))
  expect(wire.isPaused).toBe(true)
  await settled()
  expect(wire.isPaused).toBe(false)
})

test('while as much is held as may be, and no longer', async () => {
  const { open, handler } = ground()
  handler.holdsUplinks = true
  const wire = open()
  wire.feed(generate(connectOf(sn, 4)))
  await settled()
  for (let count = 0; count < 16 + 8; count += 1) wire.feed(publish)
  expect(wire.isPaused).toBe(false)
  wire.feed(publish)
  expect(wire.isPaused).toBe(true)
  handler.uplinks[0]!.answer({ ok: true })
  await settled()
  expect(wire.isPaused).toBe(false)
  expect(handler.uplinks).toHaveLength(17)
})

test('but not while it closes: the peer has to get our last word', async () => {
  const { open, handler } = ground()
  handler.holdsUplinks = true
  const wire = open()
  wire.feed(generate(connectOf(sn, 4)))
  await settled()
  for (let count = 0; count < 30; count += 1) wire.feed(publish)
  expect(wire.isPaused).toBe(true)
  let isAsked = false
  wire.end = () => {
    isAsked = true
  }
  handler.sessions.get(sn)!.close('revoked')
  expect([isAsked, wire.isPaused]).toEqual([true, false])
  wire.feed(publish)
  expect(handler.uplinks).toHaveLength(16)
})
