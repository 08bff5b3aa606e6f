import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { freePort, hasProgram, requireProgram, tempFolder, waitFor } from './index.js'
import { countResources, leaked, watchResources } from './leaks.js'
import { tableLines } from './run-table.js'
import { skipLines } from './skip-list.js'

describe('a temporary folder', () => {
  let folder = ''

  test('is there inside the test', () => {
    folder = tempFolder('ground')
    expect(existsSync(folder)).toBe(true)
  })

  test('is gone in the next one', () => {
    expect(existsSync(folder)).toBe(false)
  })
})

describe('a free port', () => {
  test('can be listened on, and is not given twice', async () => {
    const ports = await Promise.all([freePort(), freePort(), freePort()])
    expect(new Set(ports).size).toBe(3)
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(ports[0], '127.0.0.1', resolve))
    expect((server.address() as AddressInfo).port).toBe(ports[0])
    await new Promise((resolve) => server.close(resolve))
  })
})

describe('waiting for a condition', () => {
  test('answers its first truthy value, whatever was thrown before', async () => {
    let asked = 0
    const answer = (): string | undefined => {
      asked += 1
      if (asked === 1) throw new Error('not yet')
      return asked < 3 ? undefined : 'here'
    }
    expect(await waitFor(answer, { what: 'the answer' })).toBe('here')
  })

  test('says what never came, and keeps the last error as its cause', async () => {
    const cause = new Error('no such row')
    const never = waitFor(() => Promise.reject(cause), { what: 'the row', timeoutMs: 20 })
    await expect(never).rejects.toMatchObject({
      message: 'waited 20 ms in vain for the row',
      cause,
    })
  })
})

describe('a program that may be missing', () => {
  afterAll(() => void vi.unstubAllEnvs())

  test('is found on the path', () => {
    expect(hasProgram('node')).toBe(true)
    expect(requireProgram('no-such-program')).toBe(false)
  })

  test('fails when TILLGATE_REQUIRE names it, or what it belongs to', () => {
    vi.stubEnv('PATH', '')
    vi.stubEnv('TILLGATE_REQUIRE', 'no-such-program, mosquitto')
    expect(() => requireProgram('no-such-program')).toThrow('TILLGATE_REQUIRE')
    expect(requireProgram('another-program')).toBe(false)
  })
})

describe('what a test file leaves open', () => {
  test('is counted by kind, less what was open before', () => {
    const before = countResources(['PipeWrap', 'TCPServerWrap'])
    const after = countResources(['TCPServerWrap', 'TCPServerWrap', 'ProcessWrap', 'Timeout'])
    expect(leaked(before, after, 1)).toEqual([
      '1 × listening socket',
      '1 × child process',
      '1 × worker',
    ])
    expect(leaked(before, before, 0)).toEqual([])
  })

  test('is told, and forgiven once it is closed', async () => {
    const watch = watchResources()
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const worker = new Worker('setInterval(() => {}, 1e6)', { eval: true })
    await expect(watch.assertNothingLeft(40)).rejects.toThrow('1 × listening socket, 1 × worker')
    server.close()
    void worker.terminate()
    await watch.assertNothingLeft()
    watch.end()
  })
})

describe('the list of skipped tests', () => {
  test('gives each its reason, and is silent when there are none', () => {
    expect(skipLines([])).toEqual([])
    const lines = skipLines([{ name: 'a.test.ts > b', reason: 'needs curl' }])
    expect(lines.join('\n')).toContain('Skipped tests (1):\n  a.test.ts > b: needs curl')
  })
})

describe('the table at the end of a run', () => {
  test('has a row from each test that gave one, under the columns of all', () => {
    expect(tableLines([])).toEqual([])
    const rows = [
      { situation: 'killed', lost: 0 },
      { situation: 'paused', lost: 1_000, took: '2 s' },
    ]
    expect(tableLines(rows)).toEqual([
      '',
      '| situation | lost | took |',
      '| --- | --- | --- |',
      '| killed | 0 | – |',
      '| paused | 1,000 | 2 s |',
      '',
    ])
  })
})
