// Temporary folders that a test need not clean up: those made inside a test go when it ends, those
// made in a hook or at a file's top go when the file ends (test/ground/setup.ts).
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const open = new Set<string>()

const remove = (folder: string): void => {
  open.delete(folder)
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

export const tempFolder = (purpose = 'test'): string => {
  const folder = mkdtempSync(join(tmpdir(), `tillgate-${purpose}-`))
  open.add(folder)
  try {
    onTestFinished(() => remove(folder))
  } catch {
    // Not inside a test: it stays until the file ends.
  }
  return folder
}

export const removeFolders = (): void => {
  for (const folder of open) remove(folder)
}
