import { run, type Config } from '@tillgate/admin-api'
import type { GatewayNode } from '@tillgate/gateway'
import { expect, onTestFinished, test } from 'vitest'
import { waitFor } from '../ground/index.js'
import { openBench } from './bench.js'

const drainMs = 5_000

const config: Config = {
  logLevel: 'silent',
  json: true,
  drainMs,
  api: { host: '127.0.0.1', port: 0, tls: false, serves: 'full' },
  node: {
    dataFolder: '/nowhere',
    listener: { host: '127.0.0.1', mqttsPort: 0, wssPort: 0 },
    publicHosts: ['localhost'],
    hostAdapter: { kind: 'recorder' },
  },
}

/** A node that notes what is asked of it, and timers that a test lets run out. */
const start = async (drain: () => Promise<void>) => {
  const bench = await openBench()
  const steps: string[] = []
  const waiting = new Map<number, () => void>()
  const timers = {
    after: (delayMs: number, action: () => void) => {
      waiting.set(delayMs, action)
      return { cancel: () => void waiting.delete(delayMs) }
    },
  }
  const asked = async (path: string): Promise<string> => {
    const answer = await fetch(`http://127.0.0.1:${String(port())}${path}`)
    return `${path} ${String(answer.status)} ${await answer.text()}`
  }
  const node: GatewayNode = {
    services: {
      ...bench.services,
      timers,
      digest: bench.services.digest as never,
      sealing: {} as never,
      scopes: {} as never,
    },
    serverTls: { key: '', cert: '' },
    onServerTls: () => undefined,
    lookAgain: () => Promise.resolve(),
    ports: { mqtts: 0, wss: 0 },
    async drain() {
      steps.push('the node drains', await asked('/readyz'))
      await drain()
      steps.push('it has drained')
    },
    async stop() {
      const refused = await asked('/readyz').then(
        () => 'open',
        () => 'closed',
      )
      steps.push(`the node stops, the port is ${refused}`)
    },
  }
  let announced = ''
  const running = await run(
    config,
    () => Promise.resolve(node),
    (text) => (announced = text),
  )
  const port = (): unknown => (JSON.parse(announced) as { ports: { api: number } }).ports.api
  onTestFinished(() => running.end().catch(() => undefined))
  return { running, steps, runOut: () => waiting.get(drainMs)?.() }
}

const drained = ['the node drains', '/readyz 503 {"status":"not ready","reasons":["draining"]}']
const stopped = 'the node stops, the port is closed'

test('the port says that it goes while the terminals leave, is closed, and the records go last', async () => {
  const { running, steps } = await start(() => Promise.resolve())
  await running.end()
  expect(steps).toEqual([...drained, 'it has drained', stopped])
  await running.end()
  expect(steps).toHaveLength(4)
})

const never = (): Promise<void> => new Promise(() => undefined)

test('a drain that does not end is cut at the deadline', async () => {
  const { running, steps, runOut } = await start(never)
  const ended = running.end()
  await waitFor(() => steps.length === 2, { what: 'the node to drain' })
  runOut()
  await ended
  expect(steps).toEqual([...drained, stopped])
})

test('asked a second time it stops at once, and both are answered', async () => {
  const { running, steps } = await start(never)
  const ends = [running.end()]
  await waitFor(() => steps.length === 2, { what: 'the node to drain' })
  ends.push(running.end())
  await Promise.all(ends)
  expect(steps).toEqual([...drained, stopped])
})

test('a drain that fails is told, and everything is closed all the same', async () => {
  const { running, steps } = await start(() => Promise.reject(new Error('no drain')))
  await expect(running.end()).rejects.toThrow('a part did not close')
  expect(steps).toEqual([...drained, stopped])
})
