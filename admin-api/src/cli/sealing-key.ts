/**
 * `tillgate sealing-key`: which sealing keys there are and what lies under each; and a new one in the place
 * of the key that the data folder keeps. Keys that are given by file or variable are changed where they
 * come from (README).
 */
import {
  lookAtSealingKeys,
  pinoLog,
  rotateKeptKey,
  systemEntropy,
  systemTimers,
  type SealingKeyStatus,
} from '@tillgate/gateway'

import { readConfig } from '../start/config.js'

const lineOf = ({ kid, use, values, mayBeRemoved }: SealingKeyStatus): string => {
  const under = Object.entries(values).map(([place, count]) => `${place} ${String(count)}`)
  const says = mayBeRemoved ? 'nothing: it may be removed' : under.join(', ') || 'nothing'
  return `${kid}  ${use.padEnd(7)}  ${says}\n`
}

const status = async (): Promise<readonly SealingKeyStatus[]> => {
  const { node } = readConfig(process.env)
  const machine = { timers: systemTimers, entropy: systemEntropy }
  return lookAtSealingKeys({ ...node, log: pinoLog({ level: 'silent' }) }, machine)
}

export const sealingKeyStatus = async ({ json }: { readonly json: boolean }): Promise<void> => {
  const list = await status()
  process.stdout.write(json ? `${JSON.stringify(list)}\n` : list.map(lineOf).join(''))
}

export const rotateSealingKey = (): void => {
  const { node } = readConfig(process.env)
  if (node.sealingKey !== undefined || node.sealingKeyFile !== undefined) {
    throw new Error(
      'The sealing key is given from outside: make a new one there (openssl rand -hex 32), name the ' +
        'present one in TILLGATE_SEALING_KEYS_OLD_FILE, and start the nodes anew one by one (README).',
    )
  }
  rotateKeptKey(node.dataFolder, systemEntropy)
  process.stdout.write(
    'A new sealing key is in place, and the one before is kept beside it. Start Tillgate anew: it ' +
      'seals everything under the new key. Then `tillgate sealing-key status` says when the old ' +
      'one may be removed. Back up the new key now, apart from the records.\n',
  )
}
