import { spawn } from 'node:child_process'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

import { projectRoot } from '../api/readme-lines.js'
import { ask, launch, readyOf } from '../api/start-tillgate.js'
import { tempFolder } from '../ground/index.js'

const mark = '<!-- run by test/fleet/the-readme-example-runs.test.ts -->\n'

const exampleIn = (readme: string): string => {
  const text = readFileSync(join(projectRoot, readme), 'utf8')
  const block = /^```ts\n([\s\S]*?)^```$/m.exec(text.split(mark)[1] ?? '')
  if (block?.index !== 0) throw new Error(`${readme}: no example under the comment of this test`)
  return block[1]!
}

interface Run {
  readonly code: number | null
  readonly said: string
}

/** As a stranger runs it: a folder with one test file, and the packages beside it. */
const vitestIn = (folder: string, environment: Readonly<Record<string, string>>): Promise<Run> =>
  new Promise((resolve) => {
    const vitest = join(projectRoot, 'node_modules/vitest/vitest.mjs')
    const child = spawn(process.execPath, [vitest, 'run', '--root', folder, '--no-color'], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...environment },
    })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const ended = new Promise<void>((end) => {
      child.on('close', (code) => {
        resolve({ code, said })
        end()
      })
    })
    onTestFinished(async () => {
      child.kill('SIGKILL')
      await ended
    })
  })

test('the example of the read-me, pasted into a folder of its own, passes against a fresh Tillgate', async () => {
  const tillgate = launch({ TILLGATE_DATA: tempFolder('fleet-example-data'), TILLGATE_LOG: 'warn' })
  const ready = await readyOf(tillgate)
  const folder = tempFolder('fleet-example')
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'tsconfig.json'), '{}')
  writeFileSync(join(folder, 'fleet.test.ts'), exampleIn('device-sim/README.md'))
  writeFileSync(join(folder, 'ca.pem'), (await ask(ready, '/ca.pem')).text)
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'))

  const run = await vitestIn(folder, {
    TILLGATE_API: ready.apiUrl,
    TILLGATE_CA: join(folder, 'ca.pem'),
    TILLGATE_TOKEN: ready.adminToken!,
  })
  expect(run.code, run.said).toBe(0)
  expect(run.said).toContain('1 passed')
}, 120_000)
