/**
 * The MAC of a request, field 64: CMAC over TDES (NIST SP 800-38B) under the MAK, all eight bytes.
 * UnionPay's own ECB MAC is weaker and its text is not public; this one has published vectors. It
 * covers every field that means something, in one fixed order (`macInput`), so that the JSON around
 * it may be written in any way. Answers carry no MAC: the terminal trusts the pinned TLS channel.
 */
import { ascii, fromHex, toHex } from '@tillgate/protocol'
import type { KeyCrypto } from './working-keys.js'
import type { MacedRequest, Unmaced } from './messages.js'

const blockBytes = 8

const doubled = (block: Uint8Array): Uint8Array => {
  const shifted = block.map((byte, i) => ((byte << 1) | ((block[i + 1] ?? 0) >> 7)) & 0xff)
  // R64 = 0x1B, SP 800-38B §5.3.
  if (((block[0] ?? 0) & 0x80) !== 0)
    shifted[blockBytes - 1] = (shifted[blockBytes - 1] ?? 0) ^ 0x1b
  return shifted
}

/** CMAC with TDEA (or single DES, for a key of eight bytes). */
export const cmacTdes = (p: KeyCrypto, key: Uint8Array, data: Uint8Array): Uint8Array => {
  const k1 = doubled(p.tdesEncrypt('ECB', key, undefined, new Uint8Array(blockBytes)))
  const blocks = Math.max(1, Math.ceil(data.length / blockBytes))
  const padded = new Uint8Array(blocks * blockBytes)
  padded.set(data)
  const isWhole = data.length === padded.length
  if (!isWhole) padded[data.length] = 0x80
  const mask = isWhole ? k1 : doubled(k1)
  const last = padded.length - blockBytes
  for (let i = 0; i < blockBytes; i++) padded[last + i] = (padded[last + i] ?? 0) ^ (mask[i] ?? 0)
  return p.tdesEncrypt('CBC', key, new Uint8Array(blockBytes), padded).slice(last)
}

const bodyOf = (request: Unmaced): readonly (string | number)[] => {
  switch (request.kind) {
    case 'sale':
    case 'reversal':
    case 'offlineUpload':
      return [request.amountMinor, request.currency, request.takenAtMs]
    case 'settle':
      return [request.totals.count, request.totals.amountMinor]
    case 'batchUpload':
      return [
        request.last ? 'last' : 'more',
        ...request.records.flatMap((record) => [record.kind, record.trace, record.amountMinor]),
      ]
    case 'signOff':
      return []
    default:
      return request satisfies never
  }
}

/** No field may hold a `|` (the parser sees to that), so no two requests have one input. */
export const macInput = (request: Unmaced): Uint8Array => {
  const { kind, acquirerCode, mid, tid, sn, trace, batchNumber } = request
  const head = [kind, acquirerCode, mid, tid, sn, trace, batchNumber]
  return ascii([...head, ...bodyOf(request)].join('|'))
}

export const macOf = (p: KeyCrypto, mak: Uint8Array, request: Unmaced): string =>
  toHex(cmacTdes(p, mak, macInput(request)))

/** The request, ready to send. */
export const withMac = <R extends Unmaced>(
  p: KeyCrypto,
  mak: Uint8Array,
  request: R,
): R & { readonly mac: string } => ({ ...request, mac: macOf(p, mak, request) })

export const isMacRight = (p: KeyCrypto, mak: Uint8Array, request: MacedRequest): boolean => {
  const given = fromHex(request.mac)
  return given !== undefined && p.equal(given, cmacTdes(p, mak, macInput(request)))
}
