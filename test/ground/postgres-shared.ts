// Vitest's global set-up: the folder where the first test file that needs a PostgreSQL server puts one,
// for all files of the run. Where none needs it, none is started.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { clusterIn } from './postgres-cluster.js'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresFolder: string
  }
}

export const portFile = (folder: string): string => join(folder, 'port')

export const setup = (project: TestProject): (() => Promise<void>) => {
  const folder = mkdtempSync(join(tmpdir(), 'tillgate-postgres-'))
  // The server may run as another user than we do.
  chmodSync(folder, 0o711)
  project.provide('postgresFolder', folder)
  return async () => {
    const file = portFile(folder)
    if (existsSync(file))
      await clusterIn(join(folder, 'cluster'), Number(readFileSync(file, 'utf8'))).stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
