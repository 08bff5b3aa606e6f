// SIGKILL in the middle of groups: what was answered is there, once, and the folder opens again.
import { expect, test } from 'vitest'
import { pause, tempFolder } from '../../ground/index.js'
import { startChild } from './child.js'
import { midsIn } from './open-here.js'

test('what was answered before a kill is there after it', { timeout: 60_000 }, async () => {
  const folder = tempFolder('killed')
  const answered = new Set<string>()
  for (const [round, afterMs] of [30, 120, 60, 250].entries()) {
    const child = startChild(folder)
    await child.heard('an opened folder', (one) => one.opened === true)
    child.order({ do: 'load', prefix: `round${String(round)}`, loops: 40 })
    await child.heard('an answer', (one) => one.ok === true)
    await pause(afterMs)
    await child.kill()
    for (const { mid, ok } of child.said) if (mid !== undefined && ok === true) answered.add(mid)
    expect(child.said.filter((one) => one.code !== undefined)).toEqual([])
  }
  const stored = await midsIn(folder)
  expect(answered.size).toBeGreaterThan(100)
  expect([...answered].filter((mid) => !stored.has(mid))).toEqual([])
})
