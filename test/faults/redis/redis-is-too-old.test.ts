// A server of another age is played: it answers INFO with its version, and everything else with OK.
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { freshPrefix, redisNode, serversOf } from '../../contract/coordination/fleet.js'
import { expectBounded, untilSaid } from './scene.js'

const playServer = async (info: string): Promise<{ url: string; asked: string[] }> => {
  const asked: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      // Each command is an array: its name is the first text in it.
      for (const [, name = ''] of data.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)\r\n/g)) {
        asked.push(name.toLowerCase())
        socket.write(name === 'info' ? `$${String(info.length)}\r\n${info}\r\n` : '+OK\r\n')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `redis://127.0.0.1:${String((server.address() as AddressInfo).port)}`, asked }
}

const aged = [
  {
    version: 'Redis 6.2.14',
    info: 'redis_version:6.2.14\r\nrole:master',
    words: 'is too old: Redis 6.2.14, and 7.0 is the oldest',
  },
  {
    version: 'Valkey 7.1.9',
    info: 'redis_version:7.0.0\r\nserver_name:valkey\r\nvalkey_version:7.1.9\r\nrole:master',
    words: 'is too old: Valkey 7.1.9, and 7.2 is the oldest',
  },
]

test.for(aged)('$version is refused by its version, in plain words', async ({ info, words }) => {
  const { url, asked } = await playServer(info)
  const node = redisNode({ name: 'a', servers: serversOf(url), prefix: freshPrefix() })
  await untilSaid(node, words)
  await expectBounded(node)
  expect(node.coordination.counts().reachable).toBe(false)
  expect(asked).not.toContain('publish')
})
