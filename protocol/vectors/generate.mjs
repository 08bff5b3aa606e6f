// Makes the golden vectors: `node protocol/vectors/generate.mjs`. With `--check` it writes nothing and
// exits 1 when a committed file differs. It uses the generated protobuf module and node:crypto, and
// nothing of the product's own code: the vectors are a second opinion.
import { readFileSync, writeFileSync } from 'node:fs'
import { commands } from './make/commands.mjs'
import { down, downlink } from './make/down.mjs'
import { envelope, macs, merkle, renewal, sessionKeys, signatures, signerTrust, topics } from './make/envelopes.mjs'
import { offline } from './make/offline.mjs'
import { keepSignatures, keys } from './make/signing.mjs'
import { up, uplink } from './make/up.mjs'

const files = {
  ...down,
  ...up,
  ...commands,
  downlink,
  uplink,
  envelope,
  merkle,
  signatures,
  mac: macs,
  'session-key': sessionKeys,
  'signer-trust': signerTrust,
  renewal,
  topics,
  offline,
  keys: { about: 'TEST KEYS, published: never use them for anything but these vectors.', keys },
}

const check = process.argv.includes('--check')
let differs = false
for (const [name, content] of Object.entries(files)) {
  const file = new URL(`${name}.json`, import.meta.url)
  const made = `${JSON.stringify(content, null, 1)}\n`
  if (!check) writeFileSync(file, made)
  else {
    let old = ''
    try {
      old = readFileSync(file, 'utf8')
    } catch {
      // absent: it differs
    }
    if (old !== made) {
      differs = true
      console.error(`${name}.json differs: node protocol/vectors/generate.mjs`)
    }
  }
}
if (!check) keepSignatures()
process.exit(differs ? 1 : 0)
