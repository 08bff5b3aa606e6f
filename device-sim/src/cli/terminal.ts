/** `tillgate-sim terminal`: one virtual terminal; enrols with a token where it has no certificate yet. */
import { createInterface } from 'node:readline'
import { nodePrimitives } from '@tillgate/protocol/node'
import { Command } from 'commander'
import { enrol, isEnrolled } from '../enrol/enrol.js'
import { manufacture } from '../enrol/manufacture.js'
import { nodeCrypto } from '../runner/crypto.js'
import { startTerminal } from '../runner/run-terminal.js'
import { systemClock, systemEntropy, systemTimers } from '../system/system.js'
import { say, untilSignal } from './console.js'
import { createMenu, type MenuTerminal } from './menu.js'
import { keepPaper } from './papers.js'
import {
  caFrom,
  flashIn,
  hostOf,
  profileOf,
  transportOf,
  withShared,
  type SharedOptions,
} from './options.js'

interface TerminalCliOptions extends SharedOptions {
  readonly sn: string
  readonly token?: string
  readonly rsa?: boolean
  readonly menu?: boolean
  readonly papers?: string
}

/** The menu on standard input, until it is closed. */
const openMenu = (sn: string, terminal: MenuTerminal): (() => void) => {
  const menu = createMenu(terminal)
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => say(sn, { what: 'menu', ...menu(line) }))
  return () => lines.close()
}

const run = async (options: TerminalCliOptions): Promise<void> => {
  const { sn, token } = options
  const flash = flashIn(options.folder, sn)
  const profile = profileOf(options)
  const place = hostOf(options)
  const { manufactureKey } = place
  const factory = { primitives: nodePrimitives, entropy: systemEntropy, manufactureKey }
  await manufacture({ ...factory, model: profile.model }, sn, flash)
  if (!isEnrolled(flash)) {
    if (token === undefined || options.api === undefined) {
      throw new Error('it has no certificate yet: give --api and --token')
    }
    const alg = options.rsa === true ? 'PS256' : 'ES256'
    // Without a file the CA is fetched; either way it must have the hash that the token names.
    const ca = options.ca === undefined ? {} : { ca: caFrom(options.ca) }
    await enrol({ sn, flash, crypto: nodeCrypto, apiUrl: options.api, token, alg, ...ca })
    say(sn, { what: 'enrolled' })
  }
  const { mqtts = '', wss = '' } = flash.read().cells.enrolment ?? {}
  const terminal = startTerminal({
    sn,
    flash,
    transport: transportOf(options, { mqtts, wss }),
    host: place.port,
    clock: systemClock,
    timers: systemTimers,
    entropy: systemEntropy,
    crypto: nodeCrypto,
    profile,
    observe: (seen) => {
      say(sn, seen)
      if (options.papers !== undefined) keepPaper(options.papers, sn, seen)
    },
  })
  const closeMenu = options.menu === true ? openMenu(sn, terminal) : undefined
  await untilSignal()
  closeMenu?.()
  await terminal.stop()
  place.close()
}

export const terminalCommand = (): Command =>
  withShared(new Command('terminal'))
    .description('run one virtual terminal')
    .requiredOption('--sn <serial number>')
    .option('--token <token>', 'one-time enrolment token')
    .option('--rsa', 'an RSA identity key instead of EC P-256')
    .option('--menu', 'take lines from standard input: unbind, cancel, and frames of an answer')
    .option('--papers <folder>', 'keep the frames that it shows there, one file for each kind')
    .action(run)
