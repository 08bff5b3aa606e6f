// The cryptographic vectors: trees, signatures, MAC, session key, signer trust, renewal. They were made
// with node:crypto alone; here this package computes the same.
import { readFileSync } from 'node:fs'
import {
  findSigner,
  fromHex,
  kidOf,
  macBody,
  macBytes,
  merkleTree,
  openSignerList,
  parseEnvelope,
  renewalBytes,
  rootFromProof,
  sessionKey,
  signBodies,
  signedBytes,
  signerPurposeNumbers,
  toHex,
  verifyMac,
  verifySignature,
  type AlgorithmName,
  type Envelope,
  type MacAuth,
  type PrivateKeyHandle,
  type PublicKeyHandle,
  type Purpose,
  type SignatureAuth,
  type SignerPurpose,
} from '@tillgate/protocol'
import { describe, expect, test } from 'vitest'
import { importPrivateKey, nodePrimitives as p } from './index.js'

const load = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8')) as T

const bytes = (hex: string): Uint8Array => {
  const parsed = fromHex(hex)
  if (parsed === undefined) throw new Error('a vector that is not hex')
  return parsed
}

const opened = (hex: string): Envelope => {
  const parsed = parseEnvelope(bytes(hex))
  if (!parsed.ok) throw new Error(`${parsed.code} ${parsed.field}: ${parsed.rule}`)
  return parsed.value
}

const signatureOf = ({ auth }: Envelope): SignatureAuth => {
  if (auth?.kind !== 'signature') throw new Error('no signature')
  return auth
}
const macOf = ({ auth }: Envelope): MacAuth => {
  if (auth?.kind !== 'mac') throw new Error('no MAC')
  return auth
}

interface TestKey {
  readonly alg: AlgorithmName
  readonly pkcs8: string
  readonly spki: string
  readonly kid: string
}
const { keys } = load<{ keys: Readonly<Record<string, TestKey>> }>('keys')
const testKey = (name: string): TestKey => {
  const key = keys[name]
  if (key === undefined) throw new Error(`no key ${name}`)
  return key
}
const publicKey = (name: string): PublicKeyHandle => {
  const { alg, spki } = testKey(name)
  const handle = p.importPublicKey(bytes(spki), alg)
  if (handle === undefined) throw new Error(`no public key ${name}`)
  return handle
}
const privateKey = (name: string): PrivateKeyHandle => {
  const { alg, pkcs8 } = testKey(name)
  const handle = importPrivateKey(bytes(pkcs8), alg)
  if (handle === undefined) throw new Error(`no private key ${name}`)
  return handle
}

describe('merkle', () => {
  interface Vectors {
    readonly trees: readonly {
      description: string
      bodies: string[]
      root: string
      paths: string[]
    }[]
    readonly refusals: readonly {
      description: string
      body: string
      index: number
      treeSize: number
      path: string
    }[]
  }
  const { trees, refusals } = load<Vectors>('merkle')

  test.each(trees)('$description', ({ bodies, root, paths }) => {
    const tree = merkleTree(p, bodies.map(bytes))
    expect(toHex(tree.root)).toBe(root)
    expect(tree.proofs.map(({ path }) => toHex(path))).toEqual(paths)
    bodies.forEach((body, index) => {
      const proof = { treeSize: bodies.length, index, path: bytes(paths[index] ?? '') }
      const found = rootFromProof(p, bytes(body), proof)
      expect(found && toHex(found)).toBe(root)
    })
  })

  test.each(refusals)('refused: $description', ({ body, index, treeSize, path }) => {
    expect(rootFromProof(p, bytes(body), { index, treeSize, path: bytes(path) })).toBeUndefined()
  })
})

describe('signatures', () => {
  interface Vectors {
    readonly batches: readonly {
      description: string
      key: string
      purpose: Purpose
      signedBytes: string
      envelopes: string[]
    }[]
    readonly refusals: readonly {
      description: string
      key: string
      purpose: Purpose
      envelope: string
    }[]
  }
  const { batches, refusals } = load<Vectors>('signatures')

  test.each(Object.entries(keys))('kid of %s', (_, { spki, kid }) => {
    expect(toHex(kidOf(p, bytes(spki)))).toBe(kid)
  })

  test.each(batches)('$description', (batch) => {
    const { key, purpose, envelopes } = batch
    const all = envelopes.map(opened)
    for (const envelope of all) {
      const auth = signatureOf(envelope)
      expect(verifySignature(p, publicKey(key), purpose, envelope.body, auth)).toBe(true)
      const root = rootFromProof(p, envelope.body, auth)
      if (root === undefined) throw new Error('no root')
      const { alg, kid, treeSize } = auth
      expect(toHex(signedBytes({ purpose, alg, kid, treeSize, root }))).toBe(batch.signedBytes)
    }
    // What this package signs differs in the signature at most, and Ed25519 not even there.
    const bodies = all.map(({ body }) => body)
    signBodies(p, privateKey(key), purpose, bodies).forEach((made, i) => {
      const mine = opened(toHex(made))
      expect({ ...signatureOf(mine), signature: '' }).toEqual({
        ...signatureOf(all[i]!),
        signature: '',
      })
      expect(verifySignature(p, publicKey(key), purpose, mine.body, signatureOf(mine))).toBe(true)
      if (testKey(key).alg === 'ED25519') expect(toHex(made)).toBe(envelopes[i])
    })
  })

  test.each(refusals)('does not verify: $description', ({ key, purpose, envelope }) => {
    const { body, auth } = opened(envelope)
    if (auth?.kind !== 'signature') throw new Error('no signature')
    expect(verifySignature(p, publicKey(key), purpose, body, auth)).toBe(false)
  })
})

describe('mac', () => {
  interface Vectors {
    readonly key: string
    readonly sessionId: string
    readonly body: string
    readonly cases: readonly {
      description: string
      counter: number
      macBytes: string
      tag: string
      envelope: string
    }[]
    readonly refusals: readonly { description: string; envelope: string }[]
  }
  const vectors = load<Vectors>('mac')
  const [key, sessionId, body] = [vectors.key, vectors.sessionId, vectors.body].map(bytes) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ]

  test.each(vectors.cases)('$description', ({ counter, macBytes: input, tag, envelope }) => {
    expect(toHex(macBytes(sessionId, counter, body))).toBe(input)
    expect(toHex(macBody(p, key, sessionId, counter, body))).toBe(envelope)
    const auth = macOf(opened(envelope))
    expect(toHex(auth.tag)).toBe(tag)
    expect(verifyMac(p, key, body, auth)).toBe(true)
  })

  test.each(vectors.refusals)('refused: $description', ({ envelope }) => {
    const parsed = opened(envelope)
    expect(verifyMac(p, key, parsed.body, macOf(parsed))).toBe(false)
  })
})

describe('session key', () => {
  interface Vectors {
    readonly cases: readonly Record<string, string>[]
    readonly refusals: readonly { description: string; share: string }[]
  }
  const { cases, refusals } = load<Vectors>('session-key')

  test.each(cases)('$description', (item) => {
    const field = (name: string): Uint8Array => bytes(item[name] ?? '')
    const terminal = p.agreementKey(field('terminalSeed'))
    const gateway = p.agreementKey(field('gatewaySeed'))
    expect(toHex(terminal.keyShare)).toBe(item['terminalShare'])
    expect(toHex(gateway.keyShare)).toBe(item['gatewayShare'])
    const agreed = terminal.agree(gateway.keyShare)
    if (agreed === undefined) throw new Error('no agreement')
    expect(toHex(agreed)).toBe(item['agreed'])
    expect(gateway.agree(terminal.keyShare)).toEqual(agreed)
    const made = sessionKey(p, {
      agreed,
      sn: item['sn'] ?? '',
      sessionNonce: field('sessionNonce'),
      sessionId: field('sessionId'),
      helloHash: field('helloHash'),
    })
    expect(toHex(made)).toBe(item['key'])
  })

  test.each(refusals)('agrees on nothing: $description', ({ share }) => {
    expect(p.agreementKey(new Uint8Array(32).fill(1)).agree(bytes(share))).toBeUndefined()
  })
})

describe('signer trust', () => {
  interface Vectors {
    readonly envelope: string
    readonly questions: readonly {
      description: string
      kid: string
      purpose: SignerPurpose
      timeMs: number | null
      publicKey?: string
      error?: { code: string; field: string }
    }[]
    readonly refusals: readonly {
      description: string
      envelope: string
      error: { code: string; field: string }
    }[]
  }
  const vectors = load<Vectors>('signer-trust')
  const root = publicKey('root')

  test.each(vectors.questions)(
    '$description',
    ({ kid, purpose, timeMs, publicKey: key, error }) => {
      const list = openSignerList(p, root, bytes(vectors.envelope))
      if (!list.ok) throw new Error(list.rule)
      const question = { kid: bytes(kid), purpose, timeMs: timeMs ?? undefined }
      const found = findSigner(list.value, question)
      if (error !== undefined) expect(found).toMatchObject({ ok: false, ...error })
      else {
        if (!found.ok) throw new Error(found.rule)
        expect(toHex(found.value.publicKey)).toBe(key)
        expect(found.value.purpose).toBe(signerPurposeNumbers[purpose])
      }
    },
  )

  test.each(vectors.refusals)('refused: $description', ({ envelope, error }) => {
    expect(openSignerList(p, root, bytes(envelope))).toMatchObject({ ok: false, ...error })
  })
})

test('renewal: what the key in force signs', () => {
  const { csr, signedBytes: expected } = load<{ csr: string; signedBytes: string }>('renewal')
  expect(toHex(renewalBytes(p, bytes(csr)))).toBe(expected)
})
