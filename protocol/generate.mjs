// Makes generated/messages.js and .d.ts from schema/tillgate.proto. `--check` writes nothing and
// exits 1 when the committed module differs.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const cli = dirname(createRequire(import.meta.url).resolve('protobufjs-cli/package.json'))
const folder = mkdtempSync(join(tmpdir(), 'tillgate-generate-'))
const js = join(folder, 'messages.js')
const dts = join(folder, 'messages.d.ts')
const run = (bin, args) =>
  execFileSync(process.execPath, [join(cli, 'bin', bin), ...args], { cwd: here })

run('pbjs', [
  '-t',
  'static-module',
  '-w',
  'es6',
  '--force-number',
  '--no-create',
  '--no-verify',
  '--no-convert',
  '--no-delimited',
  '--no-typeurl',
  '--no-service',
  '--no-beautify=false',
  '-o',
  js,
  'schema/tillgate.proto',
])
writeFileSync(
  js,
  readFileSync(js, 'utf8').replace(
    /from "protobufjs\/minimal(\.js)?"/,
    'from "protobufjs/minimal.js"',
  ),
)
run('pbts', ['-o', dts, js])
writeFileSync(dts, readFileSync(dts, 'utf8').replace(/import Long = require\("long"\);\n/, ''))

let differs = false
for (const [made, name] of [
  [js, 'messages.js'],
  [dts, 'messages.d.ts'],
]) {
  const target = join(here, 'generated', name)
  const text = readFileSync(made, 'utf8')
  if (process.argv.includes('--check')) {
    let old = ''
    try {
      old = readFileSync(target, 'utf8')
    } catch {
      /* absent: differs */
    }
    if (old !== text) {
      differs = true
      console.error(`${name} differs from the schema: npm run generate`)
    }
  } else writeFileSync(target, text)
}
rmSync(folder, { recursive: true, force: true })
process.exit(differs ? 1 : 0)
