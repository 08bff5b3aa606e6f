/** What the commands of `tillgate-sim` have in common: where Tillgate is, where the host is, the folder. */
import { nodePrimitives } from '@tillgate/protocol/node'
import type { Command } from 'commander'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openFileFlash } from '../flash/file-flash.js'
import type { Flash } from '../flash/flash.js'
import { hostPlace, noHost, type HostPlace } from '../fleet/host-place.js'
import { systemTimers } from '../system/system.js'
import { defaultProfile, quickTimings, type Profile } from '../terminal/profile.js'
import { openTransport } from '../transport/open-transport.js'
import type { Transport } from '../transport/transport.js'

export interface SharedOptions {
  readonly api?: string
  readonly ca?: string
  readonly url?: string
  readonly wss?: boolean
  readonly mqtt: string
  readonly keepAlive: string
  readonly folder: string
  readonly host?: string
  readonly hostFolder?: string
  readonly speed: string
}

export const withShared = (command: Command): Command =>
  command
    .option('--api <url>', 'Tillgate’s API, https://host:port')
    .option('--ca <file>', 'Tillgate’s CA in PEM')
    .option('--url <url>', 'mqtts://… or wss://… instead of what enrolment says')
    .option('--wss', 'MQTT over WebSocket')
    .option('--mqtt <version>', '3.1.1 or 5', '3.1.1')
    .option('--keep-alive <seconds>', 'MQTT keep-alive', '60')
    .option('--folder <path>', 'where the flash files lie', './terminals')
    .option('--host <host:port>', 'the simulated acquirer host’s TLS port')
    .option('--host-folder <path>', 'its folder: certificate and manufacture key')
    .option('--speed <factor>', 'how much faster than life the terminal works', '1')

export const flashIn = (folder: string, sn: string): Flash =>
  openFileFlash(join(folder, sn, 'flash.log'))

export const caFrom = (file: string): string => readFileSync(file, 'utf8')

export const transportOf = (
  options: SharedOptions,
  endpoint: { readonly mqtts: string; readonly wss: string },
): Transport =>
  openTransport({
    url: options.url ?? (options.wss === true ? endpoint.wss : endpoint.mqtts),
    timers: systemTimers,
    version: options.mqtt === '5' ? 5 : 4,
    keepAliveS: Number(options.keepAlive),
  })

export const hostOf = ({ host, hostFolder }: SharedOptions): HostPlace => {
  if (host === undefined || hostFolder === undefined) return noHost(nodePrimitives)
  const at = host.lastIndexOf(':')
  const address = { host: host.slice(0, at), port: Number(host.slice(at + 1)) }
  return hostPlace(hostFolder, address, systemTimers)
}

export const profileOf = ({ speed }: SharedOptions): Profile => ({
  ...defaultProfile,
  timings: quickTimings(defaultProfile.timings, 1 / Math.max(1e-3, Number(speed))),
})
