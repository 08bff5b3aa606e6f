import { afterEach, expect, test } from 'vitest'

import { pause, waitFor } from '../ground/index.js'
import { openLinkOnScript, type LinkOnScript } from './link-on-script.js'

let script: LinkOnScript

afterEach(() => script.stop())

const topic = 'tg/1/SN-0001/up'
const uplink = (text: string) => ({ topic, payload: Buffer.from(text) })

test('for several keep-alives: it goes on asking whether the line stands, and acknowledges in order after', async () => {
  // What matters is how many keep-alives pass, not how long they are.
  script = await openLinkOnScript({ keepAliveS: 1, pingMsMax: 500, pingUnreadMs: 100 })
  const subscriber = script.subscriber()
  for (let i = 0; i < 100; i++) subscriber.deliver(uplink(String(i)))
  await waitFor(() => script.heard.length === 100, { what: 'all uplinks' })
  await waitFor(() => subscriber.pings >= 3, { what: 'three pings' })
  expect(subscriber.acknowledged).toEqual([])
  expect(script.subscriber()).toBe(subscriber)
  for (const { answer } of [...script.heard].reverse()) answer(true)
  await waitFor(() => subscriber.acknowledged.length === 100, { what: 'the acknowledgements' })
  expect(subscriber.acknowledged).toEqual(subscriber.sent)
})

test('a line on which no ping is answered is given up, and another one made', async () => {
  script = await openLinkOnScript({ keepAliveS: 1, pingMsMax: 300, pingUnreadMs: 50 })
  const first = script.subscriber()
  script.broker.answersPings = false
  await waitFor(() => first.socket.destroyed, { what: 'the link to part' })
  expect(first.pings).toBe(1)
  script.broker.answersPings = true
  await waitFor(() => script.broker.subscribers.length === 1, { what: 'the next connection' })
})

test('what a connection had not acknowledged when it ended is taken again by the next', async () => {
  script = await openLinkOnScript()
  const first = script.subscriber()
  first.deliver(uplink('a'))
  first.deliver(uplink('b'))
  await waitFor(() => script.heard.length === 2, { what: 'both' })
  script.heard[0]?.answer(true)
  await waitFor(() => first.acknowledged.length === 1, { what: 'the first' })
  script.heard[1]?.fail()
  await waitFor(() => script.broker.subscribers.some((one) => one !== first), { what: 'the next' })
  const next = script.subscriber()
  next.deliver(uplink('b'))
  await waitFor(() => script.heard.length === 3, { what: 'it to come again' })
  script.heard[2]?.answer(true)
  await waitFor(() => next.acknowledged.length === 1, { what: 'its acknowledgement' })
})

test('a broker that ignores Receive Maximum is parted from, before more is held', async () => {
  script = await openLinkOnScript({ uplinksInFlightMax: 8 })
  const first = script.subscriber()
  for (let i = 0; i < 20; i++) first.deliver(uplink(String(i)))
  await waitFor(() => first.socket.destroyed, { what: 'the link to part' })
  expect(script.heard.length).toBe(8)
})

test('a broker that withholds acknowledgements fills a bounded queue, and is left for a new connection', async () => {
  script = await openLinkOnScript({
    publishesInFlightMax: 4,
    publishesQueuedMax: 6,
    unacknowledgedMsMax: 300,
  })
  script.broker.mischief = { ...script.broker.mischief, withhold: 1 }
  const payload = new Uint8Array(10)
  const outcomes = Array.from({ length: 12 }, () =>
    script.link.publish({ sn: 'SN-0001', payload, isMeant: () => true }),
  )
  expect(outcomes.filter((outcome) => outcome === 'queued')).toHaveLength(10)
  expect(outcomes.slice(10)).toEqual(['full', 'full'])
  await waitFor(() => script.told.includes('resumed'), { what: 'a new connection' })
  expect(script.link.counters().get('publishes-lost')).toBe(10)
})

test('what waits and is not meant any more never leaves', async () => {
  script = await openLinkOnScript({ publishesInFlightMax: 1 })
  script.broker.mischief = { ...script.broker.mischief, withhold: 1 }
  let isMeant = true
  const send = (text: string): string =>
    script.link.publish({ sn: 'SN-1', payload: Buffer.from(text), isMeant: () => isMeant })
  expect([send('first'), send('overtaken')]).toEqual(['queued', 'queued'])
  isMeant = false
  const publisher = await waitFor(
    () => [...script.broker.clients].find(({ published }) => published.length > 0),
    { what: 'the first' },
  )
  publisher.send({
    cmd: 'puback',
    messageId: publisher.published[0]?.messageId ?? 0,
    reasonCode: 0,
  })
  await waitFor(() => script.link.counters().get('publishes-overtaken') === 1, { what: 'its end' })
  await pause(20)
  expect(publisher.published).toHaveLength(1)
})

test('a drain takes nothing new, acknowledges what is under way, and leaves', async () => {
  script = await openLinkOnScript()
  const first = script.subscriber()
  first.deliver(uplink('a'))
  await waitFor(() => script.heard.length === 1, { what: 'it' })
  const drained = script.link.drain()
  await waitFor(() => first.filters.size === 0, { what: 'UNSUBSCRIBE' })
  script.heard[0]?.answer(true)
  await drained
  await waitFor(() => first.acknowledged.length === 1, { what: 'its acknowledgement' })
  expect(script.told).toEqual(['leaving'])
})
