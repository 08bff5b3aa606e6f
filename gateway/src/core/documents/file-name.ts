/**
 * A name of an upload, made safe to keep, to show and to offer for saving: no path, no control or direction
 * marks, nothing that a file system or a shell gives a meaning, and the ending that its type has.
 */
import { coreLimits } from '../limits.js'
import type { MediaType } from './content-type.js'

const endings: Readonly<Record<MediaType, readonly [string, ...string[]]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
}

/** Controls, format marks (text direction among them), surrogates, private use, line and paragraph ends. */
const unwanted = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}<>:"|?*`$;&%]/gu

const bare = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/^.*[/\\]/su, '')
    .replace(unwanted, '')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.-]+|[\s.]+$/gu, '')

export const safeName = (name: string, mediaType: MediaType): string => {
  const allowed = endings[mediaType]
  const cleaned = bare(name)
  const ending = /\.([a-z0-9]{1,5})$/iu.exec(cleaned)?.[1]?.toLowerCase()
  const known = ending !== undefined && allowed.includes(ending)
  const stem = known ? cleaned.slice(0, -ending.length - 1) : cleaned
  const suffix = `.${known ? ending : allowed[0]}`
  const letters = Array.from(stem).slice(0, coreLimits.documentNameLengthMax - suffix.length)
  return `${bare(letters.join('')) || 'document'}${suffix}`
}
