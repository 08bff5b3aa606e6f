// How the tests run. `unit` runs from sources and needs no build; what lies in test/ crosses
// packages, opens sockets or starts workers, and imports the built packages by name. Loading them takes
// a second a file, so the files of `unit` and of `together` share what a worker has loaded. A folder
// belongs to `together` where no module keeps anything from one file to the next, hooks included.
// TILLGATE_RESULTS names a file that gets the results as JSON (.ci/run reads its closing line from
// there).
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { RunTable } from './ground/run-table.js'
import { SkipList } from './ground/skip-list.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = (path: string): string => `${root}${path}`
const together = 'test/{api,contract,host,operations,pki,terminal}/**/*.test.ts'
const results = process.env['TILLGATE_RESULTS']
const resultsFile = (outputFile: string): ['json', { outputFile: string }] => [
  'json',
  { outputFile },
]

const sources = [
  { find: /^@tillgate\/protocol$/, replacement: source('protocol/src/index.ts') },
  { find: /^@tillgate\/protocol\/node$/, replacement: source('protocol/node/index.ts') },
  { find: /^@tillgate\/gateway$/, replacement: source('gateway/src/index.ts') },
  { find: /^@tillgate\/device-sim$/, replacement: source('device-sim/src/index.ts') },
]

export default defineConfig({
  root,
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    reporters: [
      process.stdout.isTTY ? 'default' : ['default', { summary: false }],
      new SkipList(),
      new RunTable(),
      ...(results === undefined ? [] : [resultsFile(results)]),
    ],
    projects: [
      {
        extends: true,
        resolve: { alias: sources },
        test: {
          name: 'unit',
          isolate: false,
          include: ['{protocol,gateway,device-sim,admin-api}/**/*.test.ts'],
          exclude: ['**/dist/**', '**/node_modules/**'],
          setupFiles: ['test/ground/setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'together',
          isolate: false,
          globalSetup: ['test/ground/postgres-shared.ts'],
          include: [together],
          exclude: ['**/dist/**', '**/node_modules/**'],
          setupFiles: ['test/ground/setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          globalSetup: ['test/ground/postgres-shared.ts'],
          include: ['test/**/*.test.ts'],
          exclude: [together, '**/dist/**', '**/node_modules/**'],
          setupFiles: ['test/ground/setup.ts'],
        },
      },
    ],
  },
})
