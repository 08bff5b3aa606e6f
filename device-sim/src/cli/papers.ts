/** What the display shows for a person to carry, as files: `<sn>.<what>.txt`, a frame a line. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Observation } from '../runner/run-terminal.js'

export const keepPaper = (folder: string, sn: string, seen: Observation): void => {
  if (seen.what !== 'frames') return
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${sn}.${seen.of}.txt`), `${seen.frames.join('\n')}\n`)
}
