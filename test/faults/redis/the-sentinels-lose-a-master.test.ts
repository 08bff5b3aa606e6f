// A master that the Sentinels cannot reach any more and that goes on answering its clients: they make
// another one, and nobody tells the old one that it is none.
import { expect } from 'vitest'
import { redisPrograms, startSentinel, testWith } from '../../ground/index.js'
import { untilWell } from '../../contract/coordination/fleet.js'
import { openPair, until, untilCalled, untilNudged, untilSeen, upTo } from './scene.js'

testWith(
  redisPrograms,
  'nodes leave it for the one that the Sentinels name',
  async (context) => {
    const group = await startSentinel()
    context.onTestFinished(() => group.stop())
    const { a, b, prefix } = await openPair(group.url)
    for (const id of upTo(200)) a.coordination.own(id, 1)
    await untilSeen(b, upTo(200))
    const old = await group.master()
    // Who is connected stays; who comes anew is not let in, and the Sentinels must come anew.
    await old.ask('config', 'set', 'requirepass', 'cut off')
    old.password = 'cut off'
    for (const line of (await old.ask('client', 'list')).split('\n')) {
      const [, id, name = ''] = /^id=(\d+) .* name=(\S*)/.exec(line) ?? []
      if (id !== undefined && name.startsWith('sentinel-'))
        await old.ask('client', 'kill', 'id', id)
    }
    const promoted = await group.failedOver(old)
    const alive = async (): Promise<string> =>
      promoted.ask('zrange', `${prefix}:{nodes}:alive`, 0, -1)
    await until('both at the new master', async () => /^a\nb$/.test(await alive()))
    await untilWell(a, b)
    await untilSeen(b, upTo(200))
    await untilNudged(b, a, 200)
    await untilCalled(b, a)
    const clients = async () =>
      (await old.ask('client', 'list')).split('\n').filter((line) => line.includes('name=tillgate'))
    await until('nobody at the old one', async () => (await clients()).length === 0)
    expect(a.coordination.health().ok).toBe(true)
  },
  60_000,
)
