// The last line of a CI run: `N passed, N failed, N skipped`, counted from vitest's JSON results.
// Usage: node closing-line.mjs RESULTS_FILE EXIT_CODE_OF_THE_RUN
// Exits 1 when a test failed, when none ran, or when the run itself failed for another reason (a
// build, a lint rule, a file that could not be read), which counts as one failure.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const count = (file, status) =>
  file.assertionResults.filter((test) => test.status === status).length

/** @param {{ testResults?: { status: string, assertionResults: { status: string }[] }[] } | undefined} results */
export const tally = (results, exitCode) => {
  let passed = 0
  let failed = 0
  let skipped = 0
  for (const file of results?.testResults ?? []) {
    passed += count(file, 'passed')
    const failures = count(file, 'failed')
    // A file that failed as a whole (it did not load, a hook threw) is a failure of its own.
    failed += failures === 0 && file.status === 'failed' ? 1 : failures
    skipped += count(file, 'pending') + count(file, 'skipped') + count(file, 'todo')
  }
  if (failed === 0 && exitCode !== 0) failed = 1
  return { passed, failed, skipped, ok: failed === 0 && passed > 0 }
}

export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`

const read = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

const [script, path, exitCode] = process.argv.slice(1)
if (script !== undefined && import.meta.url === pathToFileURL(script).href) {
  const result = tally(read(path), Number(exitCode))
  console.log(closingLine(result))
  process.exitCode = result.ok ? 0 : 1
}
