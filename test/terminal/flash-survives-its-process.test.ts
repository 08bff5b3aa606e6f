import { createPrng, readFlash } from '@tillgate/device-sim'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { tempFolder } from '../ground/index.js'

const writer = fileURLToPath(new URL('./endless-writer.mjs', import.meta.url))

/** Kills it after so many lines; answers the last number that it said was durable. */
const runUntil = (file: string, lines: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [writer, file], { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.split('\n').length > lines) child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('close', () => resolve(Number(text.trimEnd().split('\n').at(-1))))
  })

test('what a killed process had said was durable is there, and the next one goes on from it', async () => {
  const seed = 'sigkill-1'
  const prng = createPrng(seed)
  const file = join(tempFolder('killed'), 'flash.log')
  let last = 0
  for (let round = 0; round < 6; round++) {
    const said = await runUntil(file, prng.between(1, 120))
    expect(said, `seed ${seed}, round ${String(round)}`).toBeGreaterThan(last)
    last = readFlash(file).cells.sequence ?? 0
    // One more may have reached the disk before it could be said.
    expect(last).toBeGreaterThanOrEqual(said)
    expect(readFlash(file).areas.log.get('padding')?.order).toBe(last)
  }
})
