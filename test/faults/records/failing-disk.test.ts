// A disk that fills up, an fsync that fails: nothing is answered as done, the store says why, and it
// works again by itself when the disk does.
import { spawn } from 'node:child_process'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, type TestContext } from 'vitest'
import { tempFolder, testWith, waitFor } from '../../ground/index.js'
import { startChild, type RecordsChild } from './child.js'
import { midsIn } from './open-here.js'

const okMids = (child: RecordsChild): string[] =>
  child.said.flatMap(({ mid, ok }) => (mid !== undefined && ok === true ? [mid] : []))

const worksAgain = (child: RecordsChild): Promise<unknown> =>
  waitFor(async () => (await child.health()).ok, { what: 'a recovered store', timeoutMs: 25_000 })

const closeAndLook = async (child: RecordsChild, folder: string): Promise<Set<string>> => {
  child.order({ do: 'close' })
  await child.ended()
  return midsIn(folder)
}

// The limit on a file's size stands for a full disk: writing beyond it fails, and SQLite is told.
testWith(
  ['bash', 'prlimit'],
  'a file that may not grow ends success answers until it may',
  async () => {
    const folder = tempFolder('full')
    const limited = 'trap "" XFSZ; ulimit -S -f 1500; exec "$@"'
    const child = startChild(folder, ['bash', '-c', limited, 'bash'])
    await child.heard('an opened folder', (one) => one.opened === true)
    child.order({ do: 'load', prefix: 'load', loops: 20 })
    const first = await child.heard('a failure', (one) => one.ok === false)
    expect(first.code).toBe('RECORDS_UNAVAILABLE')
    const health = await child.health()
    expect(health.ok).toBe(false)
    expect(health.reason).toMatch(/disk/)

    execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited:unlimited'])
    await worksAgain(child)
    expect((await child.submit('afterwards')).ok).toBe(true)
    const answered = okMids(child)
    await child.kill()
    const stored = await midsIn(folder)
    expect(answered.filter((mid) => !stored.has(mid))).toEqual([])
    expect(stored.has('afterwards')).toBe(true)
  },
  60_000,
)

/** Lets every fsync of the process fail until it is ended; skips where tracing is not allowed. */
const failFsyncs = async (
  pid: number,
  trace: string,
  context: TestContext,
): Promise<() => Promise<void>> => {
  const inject = ['-e', 'trace=fsync,fdatasync', '-e', 'inject=fsync,fdatasync:error=EIO']
  const strace = spawn('strace', ['-f', '-o', trace, ...inject, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let words = ''
  strace.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  const ended = new Promise<void>((resolve) => strace.once('exit', () => resolve()))
  const end = async (): Promise<void> => {
    strace.kill('SIGINT')
    await ended
  }
  onTestFinished(end)
  await waitFor(() => /attached/.test(words) || strace.exitCode !== null, { what: 'strace' })
  if (strace.exitCode !== null) context.skip(`strace may not trace here: ${words.trim()}`)
  return end
}

testWith(
  ['strace'],
  'a failing fsync is never answered as success',
  async (context) => {
    const folder = tempFolder('fsync')
    const child = startChild(folder)
    await child.heard('an opened folder', (one) => one.opened === true)
    expect((await child.submit('before')).ok).toBe(true)

    const trace = join(folder, 'trace.log')
    const end = await failFsyncs(child.pid, trace, context)
    const during = await child.submit('during')
    expect(readFileSync(trace, 'utf8')).toContain('(INJECTED)')
    expect(during).toMatchObject({ ok: false, code: 'RECORDS_UNAVAILABLE' })
    expect((await child.submit('right after')).code).toBe('RECORDS_UNAVAILABLE')
    expect(await child.health()).toMatchObject({
      ok: false,
      reason: 'the disk failed to read, write or sync',
    })
    const attempts = (): number => readFileSync(trace, 'utf8').split('(INJECTED)').length
    const before = attempts()
    await waitFor(() => attempts() > before, { what: 'an attempt to recover' })
    expect((await child.health()).ok).toBe(false)

    await end()
    await worksAgain(child)
    expect((await child.submit('afterwards')).ok).toBe(true)
    const stored = await closeAndLook(child, folder)
    expect(okMids(child)).toEqual(['before', 'afterwards'])
    expect(okMids(child).filter((mid) => !stored.has(mid))).toEqual([])
    expect(stored.has('right after')).toBe(false)
  },
  60_000,
)
