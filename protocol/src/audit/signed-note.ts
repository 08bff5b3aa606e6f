// Signed notes (c2sp.org/signed-note): a text, an empty line, and a line for each signature. Ed25519
// (type 01) is what other programs read; ECDSA over P-256 (type 02, DER) is for keys that were made as
// such. A verifier key is `<name>+<key id>+<base 64 of type and public key>`.
import { ascii, concat, equalBytes, fromHex, toHex, utf8 } from '../bytes.js'
import type { AlgorithmName, Primitives, PublicKeyHandle } from '../crypto/primitives.js'
import { fromBase64, toBase64 } from './base64.js'
import { derSignature, plainSignature } from './ecdsa-der.js'

/** Of these two only: RSA has no type of its own there. */
export type NoteAlgorithm = Extract<AlgorithmName, 'ED25519' | 'ES256'>

const types = { ED25519: 1, ES256: 2 } as const satisfies Record<NoteAlgorithm, number>

const keyIdBytes = 4
const rawKeyBytes = 32
/** What stands before the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo (RFC 8410). */
const ed25519Prefix = Uint8Array.of(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0)
const noteLengthMax = 65_536
const signaturesMax = 64
const dash = '\u2014'

export interface NoteKey {
  readonly name: string
  readonly alg: NoteAlgorithm
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
}

export const isNoteName = (name: string): boolean => /^[!-*,-~]{1,200}$/.test(name)

const publicPart = ({ alg, spki }: NoteKey): Uint8Array =>
  alg === 'ED25519' ? spki.slice(-rawKeyBytes) : spki

/** For ECDSA the id is of the key alone, as the specification has it. */
const keyIdOf = (p: Pick<Primitives, 'sha256'>, key: NoteKey): Uint8Array => {
  const { name, alg, spki } = key
  const named = concat(ascii(`${name}\n`), Uint8Array.of(types[alg]), publicPart(key))
  return p.sha256(alg === 'ED25519' ? named : spki).slice(0, keyIdBytes)
}

export const verifierKeyText = (p: Pick<Primitives, 'sha256'>, key: NoteKey): string => {
  const typed = concat(Uint8Array.of(types[key.alg]), publicPart(key))
  return `${key.name}+${toHex(keyIdOf(p, key))}+${toBase64(typed)}`
}

/** Undefined for what is no verifier key of a type that is known here. */
export const parseVerifierKey = (
  p: Pick<Primitives, 'sha256'>,
  text: string,
): NoteKey | undefined => {
  const found = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text)
  const [, name = '', id = '', encoded = ''] = found ?? []
  const typed = fromBase64(encoded)
  if (typed === undefined || !isNoteName(name)) return undefined
  const [type] = typed
  const bytes = typed.slice(1)
  const key: NoteKey | undefined =
    type === types.ES256
      ? { name, alg: 'ES256', spki: bytes }
      : type === types.ED25519 && bytes.length === rawKeyBytes
        ? { name, alg: 'ED25519', spki: concat(ed25519Prefix, bytes) }
        : undefined
  if (key === undefined || !equalBytes(keyIdOf(p, key), fromHex(id) ?? typed)) return undefined
  return key
}

/** What the key signs: the bytes of the text, its last newline among them. */
export const noteBytes = (text: string): Uint8Array => utf8(text)

/** The note as it is sent; the signature is the algorithm's own (64 bytes in both cases). */
export const signedNote = (
  p: Pick<Primitives, 'sha256'>,
  { text, key, signature }: { text: string; key: NoteKey; signature: Uint8Array },
): string => {
  const encoded = key.alg === 'ES256' ? derSignature(signature) : signature
  return `${text}\n${dash} ${key.name} ${toBase64(concat(keyIdOf(p, key), encoded))}\n`
}

const signatureBy = (id: Uint8Array, key: NoteKey, lines: readonly string[]) => {
  const start = `${dash} ${key.name} `
  for (const line of lines) {
    const bytes = line.startsWith(start) ? fromBase64(line.slice(start.length)) : undefined
    if (bytes !== undefined && equalBytes(bytes.slice(0, keyIdBytes), id))
      return bytes.slice(keyIdBytes)
  }
  return undefined
}

/** The text of a note that this key has signed; undefined where it has not, or it is no note. */
export const openNote = (
  p: Pick<Primitives, 'sha256' | 'importPublicKey' | 'verify'>,
  note: string,
  key: NoteKey,
): string | undefined => {
  const end = note.lastIndexOf('\n\n')
  if (note.length > noteLengthMax || end < 0 || !note.endsWith('\n')) return undefined
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2, -1).split('\n')
  if (lines.length > signaturesMax) return undefined
  const found = signatureBy(keyIdOf(p, key), key, lines)
  const signature = found && (key.alg === 'ES256' ? plainSignature(found) : found)
  const handle: PublicKeyHandle | undefined = p.importPublicKey(key.spki, key.alg)
  if (signature === undefined || handle === undefined) return undefined
  return p.verify(handle, noteBytes(text), signature) ? text : undefined
}
