/**
 * Appends each checkpoint to a file, and syncs it: a folder that another machine collects, or one that the
 * system lets nobody rewrite. The file is opened anew each time, so it may be moved away at any time.
 */
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { CheckpointOutlet } from '../../core/ports/outlet.js'

/** Between two notes an empty line, as behind a note's text; each begins with its time. */
const textOf = (atMs: number, note: string): string =>
  `# ${new Date(atMs).toISOString()}\n${note}\n`

export const createFileOutlet = (path: string): CheckpointOutlet => ({
  name: 'file',
  async send({ note, atMs }) {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(path, 'a', 0o640)
    try {
      await file.appendFile(textOf(atMs, note))
      await file.sync()
    } finally {
      await file.close()
    }
  },
  close: () => Promise.resolve(),
})
