/** `tillgate-sim flash`: what lies in a terminal's flash file, for a look from outside. Prints no sealed value. */
import { toHex } from '@tillgate/protocol'
import { Command } from 'commander'
import { readFlash } from '../flash/read-flash.js'

const hidden: ReadonlySet<string> = new Set(['sealed', 'sealedKey', 'sealKey'])

const shown = (key: string, value: unknown): unknown => {
  if (hidden.has(key) && value !== undefined) return '(sealed)'
  if (value instanceof Uint8Array) return toHex(value)
  return value instanceof Map ? Object.fromEntries(value) : value
}

export const flashCommand = (): Command =>
  new Command('flash')
    .description('print what lies in a flash file')
    .argument('<file>')
    .action((file: string) => {
      console.log(JSON.stringify(readFlash(file), shown, 2))
    })
