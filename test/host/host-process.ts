// A simulated host as a process of its own, so that it can be killed.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../device-sim/dist/host/main.js', import.meta.url))

export interface HostProcess {
  readonly child: ChildProcess
  readonly tlsPort: number
  readonly httpsPort: number
  readonly certificatePem: string
  readonly token: string
  readonly manufactureKey: Uint8Array
  /** Resolves when it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

export interface HostProcessOptions {
  readonly folder: string
  /** What the shell is told first, such as a limit. */
  readonly shell?: string
}

export const spawnHost = async (options: HostProcessOptions): Promise<HostProcess> => {
  const { folder, shell = 'true' } = options
  const command = `${shell}; exec "$0" "$@"`
  const args = ['-c', command, process.execPath, main, '--folder', folder]
  const child = spawn('/bin/sh', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const [line] = (await Promise.race([once(lines, 'line'), gone.then(() => [])])) as [string?]
  if (line === undefined) throw new Error('the host did not start')
  const { tlsPort, httpsPort } = JSON.parse(line) as { tlsPort: number; httpsPort: number }
  const kept = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8')
  const identity = kept('host-identity.pem')
  return {
    child,
    tlsPort,
    httpsPort,
    certificatePem: identity.slice(identity.indexOf('-----BEGIN CERTIFICATE-----')),
    token: kept('host-token'),
    manufactureKey: new Uint8Array(Buffer.from(kept('manufacture.key'), 'hex')),
    end: async (signal) => {
      child.kill(signal)
      await gone
    },
  }
}
