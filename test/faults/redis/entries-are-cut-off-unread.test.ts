// A reader that falls so far behind that its inbox is trimmed before it has read it.
import { expect } from 'vitest'
import { redisPrograms, startRedis, testWith } from '../../ground/index.js'
import { openPair, until, untilNudged } from './scene.js'

const flood = `
for i = 1, 2000 do redis.call('XADD', KEYS[1], 'MAXLEN', 100, '*', 'n', 'l' .. i) end
return redis.call('XLEN', KEYS[1])`

testWith(redisPrograms, 'has everything looked at, and then reads on', async (context) => {
  const server = await startRedis()
  context.onTestFinished(() => server.kill())
  const { a, b, prefix } = await openPair(server.url, { entriesPerReadMax: 20 })
  a.coordination.own(1, 1)
  await untilNudged(b, a, 1)
  await until('quiet', () => a.missed() > 0)
  const [missed, heard] = [a.missed(), a.notices.length]
  const { incarnation } = a.coordination.node
  const inbox = `${prefix}:inbox:a:${incarnation}`
  expect(await server.ask('eval', flood, 1, inbox)).toBe('100')
  await until('everything to be looked at', () => a.missed() > missed)
  expect(a.notices.length - heard).toBeLessThan(2_000)
  await untilNudged(b, a, 1)
  expect(a.coordination.health()).toEqual({ ok: true, reasons: [] })
})

testWith(
  redisPrograms,
  'a reader that keeps up misses nothing, however much it reads at once',
  async (context) => {
    const server = await startRedis()
    context.onTestFinished(() => server.kill())
    const { a, b, prefix } = await openPair(server.url, { entriesPerReadMax: 20 })
    for (let id = 1; id <= 90; id++) a.coordination.own(id, 1)
    await untilNudged(b, a, 90)
    await until('quiet', () => a.missed() > 0)
    const [missed, heard] = [a.missed(), a.notices.length]
    const inbox = `${prefix}:inbox:a:${a.coordination.node.incarnation}`
    const some = flood.replace('2000', '90').replace("'MAXLEN', 100,", '')
    await server.ask('eval', some, 1, inbox)
    // Nudges of before may still come between.
    const ids = (): Set<number> =>
      new Set(a.notices.slice(heard).map(({ terminalId }) => terminalId))
    await until('all of them', () => ids().size === 90)
    expect(a.missed()).toBe(missed)
  },
)
