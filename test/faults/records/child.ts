/** Starts `records-child.mjs` and talks to it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { waitFor } from '../../ground/index.js'

const script = fileURLToPath(new URL('./records-child.mjs', import.meta.url))

export interface Said {
  readonly opened?: boolean
  readonly closed?: boolean
  readonly refused?: string
  readonly mid?: string
  readonly ok?: boolean
  readonly code?: string
  readonly message?: string
  readonly health?: { readonly ok: boolean; readonly reason?: string }
}

export interface RecordsChild {
  readonly pid: number
  readonly said: readonly Said[]
  order(order: Readonly<Record<string, unknown>>): void
  /** The first thing said since `from` that fits. */
  heard(what: string, fits: (said: Said) => boolean, from?: number): Promise<Said>
  submit(mid: string): Promise<Said>
  health(): Promise<NonNullable<Said['health']>>
  kill(): Promise<void>
  ended(): Promise<void>
}

const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

/** `through` is a command that starts the rest of its line, such as a shell with limits. */
export const startChild = (folder: string, through: readonly string[] = []): RecordsChild => {
  const [command = '', ...rest] = [...through, process.execPath, script, folder]
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] })
  const said: Said[] = []
  createInterface({ input: child.stdout }).on('line', (line) => said.push(JSON.parse(line) as Said))
  child.stdin.on('error', () => undefined)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await endOf(child)
  })
  const order = (line: Readonly<Record<string, unknown>>): void => {
    child.stdin.write(`${JSON.stringify(line)}\n`)
  }
  const heard: RecordsChild['heard'] = (what, fits, from = 0) =>
    waitFor(() => said.slice(from).find(fits), { what, timeoutMs: 20_000 })
  return {
    pid: child.pid ?? 0,
    said,
    order,
    heard,
    submit: (mid) => {
      order({ do: 'submit', mid })
      return heard(`the answer to ${mid}`, (one) => one.mid === mid)
    },
    health: async () => {
      const from = said.length
      order({ do: 'health' })
      const { health } = await heard('its health', (one) => one.health !== undefined, from)
      return health ?? { ok: false }
    },
    kill: () => {
      child.kill('SIGKILL')
      return endOf(child)
    },
    ended: () => endOf(child),
  }
}
