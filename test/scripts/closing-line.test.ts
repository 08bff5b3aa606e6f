import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { tempFolder } from '../ground/index.js'

const script = fileURLToPath(new URL('./closing-line.mjs', import.meta.url))
const run = promisify(execFile)

interface Ended {
  readonly line: string
  readonly code: number
}

const closing = async (results: string, exitCode: number): Promise<Ended> => {
  const path = join(tempFolder('results'), 'results.json')
  writeFileSync(path, results)
  const arguments_ = [script, path, String(exitCode)]
  return run(process.execPath, arguments_).then(
    ({ stdout }) => ({ line: stdout, code: 0 }),
    (error: { stdout: string; code: number }) => ({ line: error.stdout, code: error.code }),
  )
}

const file = (status: string, ...tests: string[]): object => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
})

const results = (...files: object[]): string => JSON.stringify({ testResults: files })

describe('the closing line of a CI run', () => {
  test('counts what passed, failed and was skipped', async () => {
    const good = results(file('passed', 'passed', 'passed', 'pending'), file('passed', 'passed'))
    expect(await closing(good, 0)).toEqual({ line: '3 passed, 0 failed, 1 skipped\n', code: 0 })
    const bad = results(file('failed', 'passed', 'failed'))
    expect(await closing(bad, 1)).toEqual({ line: '1 passed, 1 failed, 0 skipped\n', code: 1 })
  })

  test('counts a file that never ran as a failure', async () => {
    const bad = results(file('passed', 'passed'), file('failed'))
    expect(await closing(bad, 1)).toEqual({ line: '1 passed, 1 failed, 0 skipped\n', code: 1 })
  })

  test('fails when no test ran, even if nothing failed', async () => {
    expect(await closing(results(), 0)).toEqual({
      line: '0 passed, 0 failed, 0 skipped\n',
      code: 1,
    })
  })

  test('fails when the build broke before any test', async () => {
    expect(await closing('', 2)).toEqual({ line: '0 passed, 1 failed, 0 skipped\n', code: 1 })
  })

  test('fails when the run failed although every test passed', async () => {
    const good = results(file('passed', 'passed'))
    expect(await closing(good, 1)).toEqual({ line: '1 passed, 1 failed, 0 skipped\n', code: 1 })
  })
})
