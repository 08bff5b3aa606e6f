import { spawn } from 'node:child_process'
import { expect, onTestFinished } from 'vitest'
import { tempFolder, testWith } from '../ground/index.js'
import { blocksRunBy, projectRoot } from './readme-lines.js'
import { launch, readyOf } from './start-tillgate.js'

type Environment = Readonly<Record<string, string | undefined>>

/** In a process group of its own: the lines start a terminal, which must not outlive a failure. */
const shell = async (lines: string, cwd: string, env: Environment): Promise<string> => {
  const options = { cwd, env, detached: true } as const
  const child = spawn('sh', ['-euc', lines], options)
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  const end = async (): Promise<void> => {
    try {
      process.kill(-child.pid!, 'SIGKILL')
    } catch {
      // The whole group has ended already.
    }
    await closed
  }
  onTestFinished(end)
  expect(await closed, said).toBe(0)
  return said
}

interface Unbound {
  readonly state: string
  readonly ledger: readonly { readonly kind: string }[]
  readonly proofs: readonly { readonly partial: boolean }[]
}

testWith(
  ['curl', 'sh', 'sed', 'grep'],
  'the README’s lines bind a terminal, unbind it up to its proof, and cancel a command that waits',
  async () => {
    const [lines, ...more] = blocksRunBy(
      'test/api/an-unbind-with-curl.test.ts',
      'admin-api/README.md',
    )
    expect(more).toEqual([])
    const ready = await readyOf(launch({ TILLGATE_DATA: tempFolder('curl-data') }))
    const said = await shell(lines!, tempFolder('curl'), {
      PATH: process.env['PATH'],
      API: ready.apiUrl,
      TOKEN: ready.adminToken,
      TILLGATE: projectRoot,
    })
    const answers = said.trim().split('\n').slice(-2)
    const [unbound, cancelled] = answers.map((line): unknown => JSON.parse(line)) as [
      Unbound,
      { readonly state: string },
    ]
    expect(unbound.state).toBe('done')
    expect(unbound.ledger.map(({ kind }) => kind)).toContain('command.attested')
    expect(unbound.proofs).toMatchObject([{ partial: false }])
    expect(cancelled.state).toBe('cancelled')
  },
  180_000,
)
