/**
 * PEM (RFC 7468), strictly: one block, the expected label, nothing around it but white space (the
 * explanatory text of `openssl req -text` is refused).
 */

const body = /^[A-Za-z0-9+/\s]+={0,2}\s*$/

export const pemDecode = (text: string, labels: readonly string[]): Uint8Array | undefined => {
  for (const label of labels) {
    const begin = `-----BEGIN ${label}-----`
    const end = `-----END ${label}-----`
    const trimmed = text.trim()
    if (!trimmed.startsWith(begin) || !trimmed.endsWith(end)) continue
    const inner = trimmed.slice(begin.length, trimmed.length - end.length)
    if (!body.test(inner)) return undefined
    const base64 = inner.replaceAll(/\s/g, '')
    if (base64.length % 4 !== 0) return undefined
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
    return bytes.length === 0 ? undefined : bytes
  }
  return undefined
}

const lineLength = 64

export const pemEncode = (label: string, der: Uint8Array): string => {
  const base64 = Buffer.from(der).toString('base64')
  const lines = base64.match(new RegExp(`.{1,${String(lineLength)}}`, 'g')) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

export const certificatePem = (der: Uint8Array): string => pemEncode('CERTIFICATE', der)
