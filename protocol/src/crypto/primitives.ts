// The crypto that this package needs, as a synchronous interface; it has no crypto of its own.
// Private keys are opaque handles: no code that is written against this interface can read one.
// `@tillgate/protocol/node` implements it over node:crypto; simulation has a keyed hash instead.

export type AlgorithmName = 'ES256' | 'ED25519' | 'PS256'

export interface PublicKeyHandle {
  readonly alg: AlgorithmName
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
}

export interface PrivateKeyHandle {
  readonly alg: AlgorithmName
  /** Its public key: SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
}

/** One side of the key agreement of a session (P-256). */
export interface AgreementKey {
  /** Our half: an uncompressed point, 65 bytes. */
  readonly keyShare: Uint8Array
  /** The shared x-coordinate, 32 bytes; undefined for a point that is not on the curve. */
  agree(peerShare: Uint8Array): Uint8Array | undefined
}

export type CipherMode = 'ECB' | 'CBC'

export interface Primitives {
  sha256(data: Uint8Array): Uint8Array
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array
  /** Block ciphers without padding; `iv` is undefined exactly for ECB. */
  aesEncrypt(
    mode: CipherMode,
    key: Uint8Array,
    iv: Uint8Array | undefined,
    data: Uint8Array,
  ): Uint8Array
  aesDecrypt(
    mode: CipherMode,
    key: Uint8Array,
    iv: Uint8Array | undefined,
    data: Uint8Array,
  ): Uint8Array
  /** Key of 8, 16 or 24 bytes (single, double, triple length). */
  tdesEncrypt(
    mode: CipherMode,
    key: Uint8Array,
    iv: Uint8Array | undefined,
    data: Uint8Array,
  ): Uint8Array
  tdesDecrypt(
    mode: CipherMode,
    key: Uint8Array,
    iv: Uint8Array | undefined,
    data: Uint8Array,
  ): Uint8Array
  /** ES256: 64 bytes P1363. ED25519: 64 bytes. PS256: as long as the modulus, salt of 32 bytes. */
  sign(key: PrivateKeyHandle, data: Uint8Array): Uint8Array
  /** Never throws on a bad signature, of whatever length. */
  verify(key: PublicKeyHandle, data: Uint8Array, signature: Uint8Array): boolean
  /** Undefined where the bytes are not a public key for that algorithm. */
  importPublicKey(spki: Uint8Array, alg: AlgorithmName): PublicKeyHandle | undefined
  /** The seed is 32 bytes of entropy, used once; the same seed gives the same key. */
  agreementKey(seed: Uint8Array): AgreementKey
  /** Constant time for equal lengths. */
  equal(a: Uint8Array, b: Uint8Array): boolean
}

/** Wire numbers, as in the schema's enum Algorithm. */
export const algorithmNumbers = { ES256: 1, ED25519: 2, PS256: 3 } as const satisfies Record<
  AlgorithmName,
  number
>

export const algorithmByNumber = (number: number): AlgorithmName | undefined => {
  switch (number) {
    case algorithmNumbers.ES256:
      return 'ES256'
    case algorithmNumbers.ED25519:
      return 'ED25519'
    case algorithmNumbers.PS256:
      return 'PS256'
    default:
      return undefined
  }
}

/** Key id: the first 8 bytes of SHA-256 over the SubjectPublicKeyInfo. */
export const kidOf = (primitives: Pick<Primitives, 'sha256'>, spki: Uint8Array): Uint8Array =>
  primitives.sha256(spki).slice(0, 8)
