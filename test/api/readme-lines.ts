// The shell lines that a README shows and a test runs, so that what it shows is what works: each
// fenced block under a comment that names the test.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../../', import.meta.url)

export const projectRoot = fileURLToPath(root)

export const blocksRunBy = (test: string, readme: string): readonly string[] => {
  const text = readFileSync(new URL(readme, root), 'utf8')
  const blocks = text.split(`<!-- run by ${test} -->\n`).slice(1)
  return blocks.map((rest) => {
    const block = /^```sh\n([\s\S]*?)^```$/m.exec(rest)
    if (block?.index !== 0) throw new Error(`${readme}: no shell block under a comment of ${test}`)
    return block[1]!
  })
}
