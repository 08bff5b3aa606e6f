// Keys and signatures of the vectors. ES256 and PS256 signatures are drawn with chance, so each one
// is kept once it was made (kept-signatures.json) and taken again while it still verifies.
// The private keys are published here: they sign test vectors and must never sign anything else.
import { createHash, createPrivateKey, createPublicKey, constants, generateKeyPairSync, sign, verify } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { hex, join, sha256, text, unhex } from './bytes.mjs'

const keysFile = new URL('../keys.json', import.meta.url)
const keptFile = new URL('kept-signatures.json', import.meta.url)

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const kinds = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
  ED25519: () => generateKeyPairSync('ed25519'),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
}

const names = {
  root: 'ES256',
  ordinary: 'ES256',
  destructive: 'ED25519',
  receipt: 'ES256',
  device: 'PS256',
  stranger: 'ES256',
}

const describe = (alg, key) => {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return {
    alg,
    pkcs8: hex(key.export({ type: 'pkcs8', format: 'der' })),
    spki: hex(spki),
    kid: hex(sha256(spki).slice(0, 8)),
  }
}

const made = readJson(keysFile)?.keys ?? {}

export const keys = Object.fromEntries(
  Object.entries(names).map(([name, alg]) => [
    name,
    made[name] ?? describe(alg, kinds[alg]().privateKey),
  ]),
)

const kept = readJson(keptFile) ?? {}
const used = {}

const optionsFor = (alg, key) =>
  ({
    ES256: { key, dsaEncoding: 'ieee-p1363' },
    ED25519: { key },
    PS256: { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
  })[alg]

const signWith = (name, data) => {
  const { alg, pkcs8 } = keys[name]
  const key = createPrivateKey({ key: Buffer.from(pkcs8, 'hex'), format: 'der', type: 'pkcs8' })
  const digest = alg === 'ED25519' ? null : 'sha256'
  const slot = `${name}:${createHash('sha256').update(data).digest('hex')}`
  const old = used[slot] ?? kept[slot]
  if (old !== undefined && verify(digest, data, optionsFor(alg, createPublicKey(key)), unhex(old))) {
    used[slot] = old
    return unhex(old)
  }
  const signature = new Uint8Array(sign(digest, data, optionsFor(alg, key)))
  used[slot] = hex(signature)
  return signature
}

const numbers = { ES256: 1, ED25519: 2, PS256: 3 }

const u32 = (value) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export const signedBytesOf = (name, purpose, treeSize, root, kid = unhex(keys[name].kid)) =>
  join(
    text(`tillgate/1/${purpose}\0`),
    Uint8Array.of(numbers[keys[name].alg]),
    kid,
    u32(treeSize),
    root,
  )

// RFC 6962 section 2.1, word for word; the product computes level by level.
const leaf = (body) => sha256(Uint8Array.of(0), body)
const split = (count) => 2 ** Math.ceil(Math.log2(count) - 1)

export const rootOf = (bodies) => {
  if (bodies.length === 1) return leaf(bodies[0])
  const k = split(bodies.length)
  return sha256(Uint8Array.of(1), rootOf(bodies.slice(0, k)), rootOf(bodies.slice(k)))
}

export const pathOf = (index, bodies) => {
  if (bodies.length === 1) return []
  const k = split(bodies.length)
  return index < k
    ? [...pathOf(index, bodies.slice(0, k)), rootOf(bodies.slice(k))]
    : [...pathOf(index - k, bodies.slice(k)), rootOf(bodies.slice(0, k))]
}

/** The Auth shapes of a batch of bodies under one signature; `kid` only to claim another's. */
export const authsOf = (name, purpose, bodies, kid = unhex(keys[name].kid)) => {
  const root = rootOf(bodies)
  const signature = signWith(name, signedBytesOf(name, purpose, bodies.length, root, kid))
  return bodies.map((_, index) => ({
    signature: {
      alg: numbers[keys[name].alg],
      kid,
      treeSize: bodies.length,
      index,
      path: join(...pathOf(index, bodies)),
      signature,
    },
  }))
}

export const keepSignatures = () => {
  writeFileSync(keptFile, `${JSON.stringify(used, null, 2)}\n`)
}
