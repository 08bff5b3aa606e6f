import { expect, test } from 'vitest'
import { traceparentOf } from './origin.js'

const trace = '0af7651916cd43dd8448eb211c80319c'
const good = `00-${trace}-b7ad6b7169203331-01`

test('a traceparent of W3C Trace Context is taken as it is', () => {
  expect(traceparentOf(good)).toBe(good)
})

test.each([
  ['nothing', undefined],
  ['several', [good, good]],
  ['another version', good.replace(/^00/, '01')],
  ['no trace', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`],
  ['no parent', `00-${trace}-${'0'.repeat(16)}-01`],
  ['capitals', good.toUpperCase()],
  ['something behind it', `${good}-x`],
  ['a line break behind it', `${good}\n`],
  ['something long', 'x'.repeat(10_000)],
])('%s is as if there were none', (_what, header) => {
  expect(traceparentOf(header)).toBeUndefined()
})
