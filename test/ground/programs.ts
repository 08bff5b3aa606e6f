// Programs that a test wants and a machine may not have. Missing: the test is skipped with a reason
// that the run's end lists. Missing though TILLGATE_REQUIRE names it (comma-separated): it fails.
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { test } from 'vitest'
import type { TestContext } from 'vitest'

// A requirement is named for what it is about, its programs as the machine calls them.
const PACKAGE_OF: Readonly<Record<string, string>> = {
  mosquitto_sub: 'mosquitto',
  mosquitto_pub: 'mosquitto',
  'redis-server': 'redis',
  'redis-cli': 'redis',
}

/** Whether TILLGATE_REQUIRE names it. */
export const isRequired = (name: string): boolean => {
  const names = (process.env['TILLGATE_REQUIRE'] ?? '').split(',').map((part) => part.trim())
  return names.includes(name) || names.includes(PACKAGE_OF[name] ?? name)
}

const runnable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

export const hasProgram = (name: string): boolean => {
  // Debian keeps a server such as mosquitto in sbin, which a plain user's PATH leaves out.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.some((folder) => folder !== '' && runnable(join(folder, name)))
}

/** Whether the program is here. Throws when it is missing and TILLGATE_REQUIRE names it. */
export const requireProgram = (name: string): boolean => {
  if (hasProgram(name)) return true
  if (isRequired(name)) throw new Error(`TILLGATE_REQUIRE names ${name}, which is not installed`)
  return false
}

/** A test that is skipped, with its reason, on a machine without these programs. */
export const testWith = (
  programs: readonly string[],
  name: string,
  body: (context: TestContext) => void | Promise<void>,
  timeoutMs?: number,
): void => {
  test(name, timeoutMs === undefined ? {} : { timeout: timeoutMs }, async (context) => {
    const missing = programs.filter((program) => !requireProgram(program))
    if (missing.length > 0) context.skip(`needs ${missing.join(', ')}, not on this machine`)
    await body(context)
  })
}
