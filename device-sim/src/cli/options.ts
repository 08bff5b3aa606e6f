/** What the commands of `tillgate-sim` have in common: where Tillgate is, where the host is, the folder. */
import { nodePrimitives } from '@tillgate/protocol/node'
import type { Command } from 'commander'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openFileFlash, type FileFlashOptions } from '../flash/file-flash.js'
import type { Flash } from '../flash/flash.js'
import { hostPlace, noHost, type HostPlace } from '../fleet/host-place.js'
import { systemTimers } from '../system/system.js'
import { defaultProfile, quickTimings, type Profile } from '../terminal/profile.js'
import { openTransport } from '../transport/open-transport.js'
import type { Transport } from '../transport/transport.js'
import { address, factor, mqttVersion, urlOf, wholeNumber, type Address } from './values.js'

export interface SharedOptions {
  readonly api?: string
  readonly ca?: string
  readonly url?: string
  readonly wss?: boolean
  readonly mqtt: 4 | 5
  readonly keepAlive: number
  readonly folder: string
  readonly host?: Address
  readonly hostFolder?: string
  readonly speed: number
}

const keepAliveSMax = 65_535

export const withShared = (command: Command): Command =>
  command
    .option('--api <url>', 'Tillgate’s API, https://host:port', urlOf('https:'))
    .option('--ca <file>', 'Tillgate’s CA in PEM')
    .option(
      '--url <url>',
      'mqtts://… or wss://… instead of what enrolment says',
      urlOf('mqtts:', 'wss:'),
    )
    .option('--wss', 'MQTT over WebSocket')
    .option('--mqtt <version>', '3.1.1 or 5 (default: 3.1.1)', mqttVersion, 4)
    .option('--keep-alive <seconds>', 'MQTT keep-alive', wholeNumber(0, keepAliveSMax), 60)
    .option('--folder <path>', 'where the flash files lie', './terminals')
    .option('--host <host:port>', 'the simulated acquirer host’s TLS port', address)
    .option('--host-folder <path>', 'its folder: certificate and manufacture key')
    .option('--speed <factor>', 'how much faster than life the terminal works', factor, 1)

export const flashIn = (folder: string, sn: string, options?: FileFlashOptions): Flash =>
  openFileFlash(join(folder, sn, 'flash.log'), options)

export const caFrom = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new Error(`--ca: ${file} cannot be read (${code})`, { cause: error })
  }
}

export const transportOf = (
  options: SharedOptions,
  endpoint: { readonly mqtts: string; readonly wss: string },
): Transport =>
  openTransport({
    url: options.url ?? (options.wss === true ? endpoint.wss : endpoint.mqtts),
    timers: systemTimers,
    version: options.mqtt,
    keepAliveS: options.keepAlive,
  })

export const hostOf = ({ host, hostFolder }: SharedOptions): HostPlace => {
  if (host === undefined && hostFolder === undefined) return noHost(nodePrimitives)
  if (host === undefined || hostFolder === undefined) {
    throw new Error('--host and --host-folder belong together: give both, or neither')
  }
  return hostPlace(hostFolder, host, systemTimers)
}

export const profileOf = ({ speed }: SharedOptions): Profile => ({
  ...defaultProfile,
  timings: quickTimings(defaultProfile.timings, 1 / speed),
})
