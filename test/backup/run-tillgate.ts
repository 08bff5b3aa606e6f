// The command line of Tillgate on a data folder, as its operator types it.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../admin-api/bin/tillgate.js', import.meta.url))

export interface Said {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export const runTillgate = (
  words: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<Said> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], ...settings }
    execFile(process.execPath, [bin, ...words], { env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? -1)
      resolve({ code, stdout, stderr })
    })
  })
