import { expect, test } from 'vitest'

import { databaseClock } from './clocks.js'
import { nodeVersion } from './node-version.js'
import { openFiles } from './open-files.js'

test.each([
  ['20.18.3', 'fail'],
  ['18.20.0', 'fail'],
  ['20.19.0', 'ok'],
  ['22.1.0', 'ok'],
  ['24.0.0', 'ok'],
])('Node %s is %s', (version, verdict) => {
  expect(nodeVersion(version).verdict).toBe(verdict)
})

const limits = (soft: string): string =>
  `Max processes  1  1  processes\nMax open files            ${soft}               1048576              files\n`

test.each([
  ['1024', 'warn'],
  ['20999', 'warn'],
  ['21000', 'ok'],
  ['unlimited', 'ok'],
])('%s open files for 20,000 terminals: %s', (soft, verdict) => {
  expect(openFiles(20_000, limits(soft)).verdict).toBe(verdict)
})

test.each([
  [0, 'ok', /^within 0.0 s/],
  [-1_999, 'ok', /^within 2.0 s/],
  [2_500, 'warn', /2.5 s ahead of/],
  [-61_000, 'fail', /61.0 s behind/],
])('a clock that is %i ms ahead is %s', (aheadMs, verdict, says) => {
  const finding = databaseClock(1_000_000, 1_000_000 + aheadMs)
  expect(finding.verdict).toBe(verdict)
  expect(finding.says).toMatch(says)
})

test('records on this machine have no clock of their own', () => {
  expect(databaseClock(undefined, 1).verdict).toBe('skipped')
})
