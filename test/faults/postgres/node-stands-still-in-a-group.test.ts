// SIGSTOP of a node in the middle of a transaction: after a few seconds its locks are free, another node
// works its lane, and what it had begun is void when it wakes.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { terminal } from '../../contract/records/inputs.js'
import { ownCluster, queryOnce, waitFor, withPostgres } from '../../ground/index.js'
import { databaseOn, openOn } from './node-on.js'

interface Said {
  readonly seqLast?: number
  readonly code?: string
}

const script = fileURLToPath(new URL('./node-child.mjs', import.meta.url))

const startNode = (url: string, terminalId: number) => {
  const child = spawn(process.execPath, [script, url, String(terminalId), '20'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said: Said[] = []
  createInterface({ input: child.stdout }).on('line', (line) => said.push(JSON.parse(line) as Said))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { said, pause: () => child.kill('SIGSTOP'), wake: () => child.kill('SIGCONT') }
}

/** Paused inside a transaction, which the server has seen. */
const pauseInTransaction = async (url: string, node: ReturnType<typeof startNode>) => {
  await waitFor(
    async () => {
      const before = node.said.length
      node.wake()
      await waitFor(() => node.said.length > before, { what: 'an answer' })
      node.pause()
      const rows = await queryOnce(
        url,
        `select 1 from pg_stat_activity
         where application_name = 'tillgate child writer' and state = 'idle in transaction'`,
      )
      return rows.length > 0
    },
    { what: 'a pause inside a transaction', timeoutMs: 40_000 },
  )
}

const standing = (): void => {
  test(
    'its lane is worked by another, and it writes nothing when it wakes',
    { timeout: 90_000 },
    async () => {
      const url = await databaseOn(await ownCluster())
      const records = await openOn(url)
      await records.submit('register-terminal', terminal('SN1'))
      const [row] = await records.read('terminals', { afterId: 0, limit: 1 })
      const terminalId = row?.id ?? 0
      const node = startNode(url, terminalId)
      await pauseInTransaction(url, node)
      const own = await Promise.all(
        Array.from({ length: 50 }, () =>
          records.submit('reserve-sequences', { terminalId, fence: 0 }),
        ),
      )
      const before = node.said.length
      node.wake()
      await waitFor(() => node.said.slice(before).some(({ code }) => code !== undefined), {
        what: 'the woken node to be refused',
      })
      const refused = node.said.length
      await waitFor(() => node.said.slice(refused).some(({ seqLast }) => seqLast !== undefined), {
        what: 'the woken node to work again',
      })
      node.pause()
      const lasts = [
        ...own.map((answer) => (answer.ok ? answer.seqLast : 0)),
        ...node.said.flatMap(({ seqLast }) => seqLast ?? []),
      ]
      expect(new Set(lasts).size).toBe(lasts.length)
      expect(own.every((answer) => answer.ok)).toBe(true)
    },
  )
}

withPostgres('a node stands still on PostgreSQL', standing, true)
