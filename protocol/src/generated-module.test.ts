// The committed module is what the committed schema gives, and the committed vectors are what their
// generator gives. Both are regenerated and compared; nothing is written.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const run = (script: string): string =>
  execFileSync(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), '--check'], {
    encoding: 'utf8',
    stdio: 'pipe',
  })

test('the generated module is the schema’s', () => {
  expect(run('../generate.mjs')).toBe('')
})

test('the vectors are their generator’s', () => {
  expect(run('../vectors/generate.mjs')).toBe('')
})
