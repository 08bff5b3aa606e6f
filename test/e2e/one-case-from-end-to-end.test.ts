// What `npm run demo -- --journey unbind --json` ends with, run as a newcomer runs it.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('../dist/demo/main.js', import.meta.url))

test('one case is walked from the wish to the closed file, and every check of it holds', async () => {
  const args = [program, '--journey', 'unbind', '--json']
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args)
  const lines = stdout.trim().split('\n')
  expect(lines).toHaveLength(1)
  const { journey, ok, checks } = JSON.parse(lines[0] ?? '') as {
    readonly journey: string
    readonly ok: boolean
    readonly checks: Readonly<Record<string, boolean>>
  }
  const failed = Object.keys(checks).filter((name) => checks[name] !== true)
  expect({ journey, ok, failed }).toEqual({ journey: 'unbind', ok: true, failed: [] })
  expect(Object.keys(checks).length).toBeGreaterThanOrEqual(22)
  expect(stderr).toContain('第二人复核')
}, 120_000)
