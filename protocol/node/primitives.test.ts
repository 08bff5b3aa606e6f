// node:crypto behind the interface: published vectors, and that bad keys and bad signatures are
// answers, never exceptions.
import { fromHex, toHex, type AlgorithmName } from '@tillgate/protocol'
import { constants, createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  exportPrivateKey,
  generatePrivateKey,
  importPrivateKey,
  keyObjectOf,
  nodePrimitives as p,
  privateKeyHandle,
  publicKeyOf,
} from './index.js'

const bytes = (hex: string): Uint8Array => fromHex(hex.replaceAll(' ', '')) ?? new Uint8Array(0)
const text = (value: string): Uint8Array => new Uint8Array(Buffer.from(value))
const algorithms: readonly AlgorithmName[] = ['ES256', 'ED25519', 'PS256']

describe('hashes and ciphers', () => {
  test('SHA-256 of "abc" (FIPS 180-4)', () => {
    expect(toHex(p.sha256(text('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  test('HMAC-SHA-256, case 2 of RFC 4231', () => {
    expect(toHex(p.hmacSha256(text('Jefe'), text('what do ya want for nothing?')))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })

  test('SHA-256 and HMAC are Node’s own, whatever the length of key and data', () => {
    for (const length of [0, 1, 63, 64, 65, 200, 1_023, 1_024, 1_025, 5_000]) {
      const data = new Uint8Array(length).fill(length)
      expect(toHex(p.sha256(data))).toBe(createHash('sha256').update(data).digest('hex'))
      for (const keyLength of [0, 16, 64, 65, 131]) {
        const key = new Uint8Array(keyLength).fill(200)
        const mac = createHmac('sha256', key).update(data).digest('hex')
        expect(toHex(p.hmacSha256(key, data))).toBe(mac)
      }
    }
  })

  test('AES of FIPS 197, in both directions, and chained', () => {
    const key = bytes('000102030405060708090a0b0c0d0e0f')
    const data = bytes('00112233445566778899aabbccddeeff')
    const block = '69c4e0d86a7b0430d8cdb78070b4c55a'
    expect(toHex(p.aesEncrypt('ECB', key, undefined, data))).toBe(block)
    expect(p.aesDecrypt('ECB', key, undefined, bytes(block))).toEqual(data)
    const iv = new Uint8Array(16)
    expect(toHex(p.aesEncrypt('CBC', key, iv, data))).toBe(block)
    expect(p.aesDecrypt('CBC', key, iv, p.aesEncrypt('CBC', key, iv, data))).toEqual(data)
  })

  test('TDES with keys of one, two and three lengths', () => {
    const zero = new Uint8Array(8)
    const single = bytes('0123456789abcdef')
    expect(toHex(p.tdesEncrypt('ECB', single, undefined, zero))).toBe('d5d44ff720683d0d')
    const double = bytes('0123456789abcdef fedcba9876543210')
    const triple = bytes('0123456789abcdef fedcba9876543210 0123456789abcdef')
    const enciphered = p.tdesEncrypt('ECB', double, undefined, zero)
    expect(toHex(enciphered)).toBe('08d7b4fb629d0885')
    expect(p.tdesEncrypt('ECB', triple, undefined, zero)).toEqual(enciphered)
    expect(p.tdesDecrypt('ECB', double, undefined, enciphered)).toEqual(zero)
    expect(p.tdesDecrypt('CBC', double, zero, p.tdesEncrypt('CBC', double, zero, zero))).toEqual(
      zero,
    )
    expect(() => p.tdesEncrypt('ECB', zero.slice(1), undefined, zero)).toThrow(RangeError)
  })

  test('equal compares content and length', () => {
    expect(p.equal(text('abc'), text('abc'))).toBe(true)
    expect(p.equal(text('abc'), text('abd'))).toBe(false)
    expect(p.equal(text('abc'), text('ab'))).toBe(false)
  })
})

describe.each(algorithms)('%s', (alg) => {
  const key = generatePrivateKey(alg)
  const other = generatePrivateKey(alg)
  const publicKey = p.importPublicKey(key.spki, alg)!
  const data = text('data')

  test('signs what its public key verifies, and nothing else does', () => {
    const signature = p.sign(key, data)
    expect(signature.length).toBe(alg === 'PS256' ? 256 : 64)
    expect(signature.buffer.byteLength).toBe(signature.length)
    expect(p.verify(publicKey, data, signature)).toBe(true)
    expect(p.verify(publicKeyOf(key), data, signature)).toBe(true)
    expect(p.verify(publicKey, text('Data'), signature)).toBe(false)
    expect(p.verify(publicKeyOf(other), data, signature)).toBe(false)
  })

  test('answers false to signatures of any shape', () => {
    for (const length of [0, 1, 63, 64, 65, 256, 512]) {
      expect(p.verify(publicKey, data, new Uint8Array(length))).toBe(false)
      expect(p.verify(publicKey, data, new Uint8Array(length).fill(255))).toBe(false)
    }
  })

  test('goes out as PKCS 8 and comes in again as the same key', () => {
    const again = importPrivateKey(exportPrivateKey(key), alg)!
    expect(again.spki).toEqual(key.spki)
    expect(p.verify(publicKey, data, p.sign(again, data))).toBe(true)
    expect(importPrivateKey(text('no key'), alg)).toBeUndefined()
  })

  test('is not taken for another algorithm', () => {
    for (const wrong of algorithms.filter((name) => name !== alg)) {
      expect(p.importPublicKey(key.spki, wrong)).toBeUndefined()
      expect(importPrivateKey(exportPrivateKey(key), wrong)).toBeUndefined()
      expect(() => privateKeyHandle(keyObjectOf(key), wrong)).toThrow(TypeError)
    }
    expect(p.importPublicKey(key.spki.slice(0, -1), alg)).toBeUndefined()
    expect(p.importPublicKey(new Uint8Array(0), alg)).toBeUndefined()
  })

  test('shows nothing of the private key in its handle', () => {
    expect(Object.keys(key).sort()).toEqual(['alg', 'spki'])
    expect(() => p.sign(structuredClone(key), data)).toThrow(TypeError)
  })
})

describe('keys that are too weak or of another curve', () => {
  test('RSA below 2048 bits and P-384 are refused', () => {
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const der = small.privateKey.export({ type: 'pkcs8', format: 'der' })
    expect(importPrivateKey(der, 'PS256')).toBeUndefined()
    const p384 = generateKeyPairSync('ec', { namedCurve: 'secp384r1' })
    expect(
      p.importPublicKey(p384.publicKey.export({ type: 'spki', format: 'der' }), 'ES256'),
    ).toBeUndefined()
  })

  test('a PS256 signature with another salt length is refused', () => {
    const key = generatePrivateKey('PS256')
    const data = text('data')
    const padding = constants.RSA_PKCS1_PSS_PADDING
    const salted = (saltLength: number): Uint8Array =>
      sign('sha256', data, { key: keyObjectOf(key), padding, saltLength })
    expect(p.verify(publicKeyOf(key), data, salted(32))).toBe(true)
    expect(p.verify(publicKeyOf(key), data, salted(20))).toBe(false)
  })
})

describe('key agreement', () => {
  const seed = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)

  test('the same seed gives the same key, and both sides the same secret', () => {
    const [a, b] = [p.agreementKey(seed(1)), p.agreementKey(seed(2))]
    expect(p.agreementKey(seed(1)).keyShare).toEqual(a.keyShare)
    expect(a.keyShare.length).toBe(65)
    expect(a.agree(b.keyShare)).toEqual(b.agree(a.keyShare))
    expect(a.agree(b.keyShare)?.length).toBe(32)
  })

  test('a seed that is no scalar still gives a key', () => {
    for (const fill of [0, 255]) {
      const key = p.agreementKey(seed(fill))
      expect(key.agree(p.agreementKey(seed(3)).keyShare)?.length).toBe(32)
    }
    expect(() => p.agreementKey(new Uint8Array(31))).toThrow(RangeError)
  })
})
